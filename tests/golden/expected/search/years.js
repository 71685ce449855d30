dateline.put("years","",[["2017","3ba1eb0e",4,1,1]])
