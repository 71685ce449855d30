dateline.put("years","",[["2017","81f56d86",4,1,1]])
