package league

// divisions holds the league's 30 teams: three divisions of the east, then
// three of the west.
var divisions = [6][5]string{
	{"BOS", "BKN", "NYK", "PHI", "TOR"},
	{"CHI", "CLE", "DET", "IND", "MIL"},
	{"ATL", "CHA", "MIA", "ORL", "WAS"},
	{"DEN", "MIN", "OKC", "POR", "UTA"},
	{"GSW", "LAC", "LAL", "PHX", "SAC"},
	{"DAL", "HOU", "MEM", "NOP", "SAS"},
}

// divisionsPerConference is the number of neighbours in divisions that form one
// conference.
const divisionsPerConference = 3

// Teams returns the codes of all teams, division by division.
func Teams() []string {
	var codes []string
	for _, d := range divisions {
		codes = append(codes, d[:]...)
	}
	return codes
}
