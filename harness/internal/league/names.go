package league

// Players are called by a usual first name and the name of no known player.

var firstNames = []string{
	"aaron", "adrian", "andre", "antoine", "bryce", "caleb", "cameron", "carlos", "damian", "darius",
	"darnell", "dejuan", "devon", "dominik", "elias", "emeka", "felix", "gabriel", "goran", "hassan",
	"isaiah", "ivan", "jalen", "jamal", "jordan", "julian", "kareem", "keon", "kofi", "lamar",
	"lukas", "malik", "marcus", "mateo", "miles", "moussa", "nikola", "noah", "omar", "oskar",
	"pascal", "quincy", "rashad", "reggie", "ruben", "samir", "terrell", "theo", "tobias", "trevon",
	"tyrese", "usman", "viktor", "wendell", "xavier", "yannick", "zach", "zoran",
}

var lastNames = []string{
	"abendroth", "adlerby", "alderbrook", "amberley", "ashcombe", "averhill", "bellweather", "birchfield", "blackmoor", "bramwell",
	"briarton", "calloworth", "carrowmore", "castellane", "chesterby", "coldharbour", "copperdale", "dalewick", "darrowby", "delacroft",
	"dunmarsh", "eastergate", "edgecliff", "elderwood", "fairbourne", "fallowden", "farrowdale", "fennimore", "foxhollow", "galloworth",
	"glenrock", "goldmarsh", "greystoke", "hallowell", "harrowgate", "hawksworth", "heatherby", "hollowford", "ironwood", "jessamine",
	"kestrelton", "kingsmere", "lakehurst", "larkspur", "lindenau", "longmeadow", "marchbank", "meadowcroft", "millhaven", "nettleship",
	"northcote", "oakhurst", "okonwali", "pemberwick", "pinecroft", "quarrington", "ravensdale", "redfern", "ridgeworth", "rosewarne",
	"saltmarsh", "sandhurst", "silverlock", "stonebridge", "summerfell", "tallowmere", "thornbury", "undercliff", "valemont", "warbeck",
	"westerlund", "whitlock", "wintergreen", "wolfram", "yarrowby", "zellerby",
}

// names hands out lookup names, each once.
type names struct {
	order []int
}

func newNames(seed uint64) *names {
	return &names{order: stream(seed, "names").Perm(len(firstNames) * len(lastNames))}
}

func (n *names) next() string {
	i := n.order[0]
	n.order = n.order[1:]
	return firstNames[i%len(firstNames)] + lastNames[i/len(firstNames)]
}
