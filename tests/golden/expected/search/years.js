dateline.put("years","",[["2017","2485d845",4,1,1]])
