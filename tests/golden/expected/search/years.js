dateline.put("years","",[["2017","dc9dcc8d",4,1,1]])
