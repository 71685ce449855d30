dateline.put("years","",[["2017","e1afdf6d",4,1,1]])
