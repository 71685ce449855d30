dateline.put("years","",[["2017","0aee4496",4,1,1]])
