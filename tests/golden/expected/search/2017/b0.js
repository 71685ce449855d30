dateline.put("2017/b0","e1afdf6d",[
["11/22/crane","Harbour’s crane “Long Tom” stands still","The port, Weather · AP, Harbour Radio","22 Nov","","urgent"],
["11/20/storm","Storm passes the port","Weather, The port · AP, Harbour Radio","20 Nov"],
["11/19/wrong","The port closes","The port","19 Nov","Withdrawn","withdrawn"],
["11/01/tide","Tide table for November","The port","1 Nov","Developing","developing"]
])
