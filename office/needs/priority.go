package needs

// Part is one side of a priority: so many of the points that it can give.
type Part struct {
	Key  string
	Got  int64
	Most int64
}

// The weights of a priority, in points of 100. They are the office's, not the law's; the page of each need shows them.
const (
	impactPoints  = 30
	riskPoints    = 20
	peoplePoints  = 20
	mandatePoints = 20
	costPoints    = 10
)

// PriorityOf says how urgent a need is, part by part: its impact on the service, what happens if nothing is done, how many
// people it touches, whether the founding function waits for it, and that what costs little is done soon. Each part is
// whole points; the priority is their sum, from 0 to 100.
func PriorityOf(impact, risk int64, people *int64, mandated bool, cost int64) []Part {
	third := func(step, most int64) int64 { return (min(max(step, 1), 4) - 1) * most / 3 }
	parts := []Part{{"impact", third(impact, impactPoints), impactPoints}, {"risk", third(risk, riskPoints), riskPoints},
		{"people", 0, peoplePoints}, {"mandate", 0, mandatePoints}, {"cost", costPoints * costStep(cost) / 3, costPoints}}
	if people != nil {
		parts[2].Got = peoplePoints * peopleStep(*people) / 4
	}
	if mandated {
		parts[3].Got = mandatePoints
	}
	return parts
}

// peopleStep puts a number of people into four steps: 1-9, 10-49, 50-99, 100 and more.
func peopleStep(n int64) int64 {
	switch {
	case n <= 0:
		return 0
	case n < 10:
		return 1
	case n < 50:
		return 2
	case n < 100:
		return 3
	}
	return 4
}

// costStep puts a price in rupiah into three steps, the cheapest highest: to 10 million, to 100 million, to 1 billion.
func costStep(rupiah int64) int64 {
	const million = 1_000_000
	switch {
	case rupiah <= 10*million:
		return 3
	case rupiah <= 100*million:
		return 2
	case rupiah <= 1000*million:
		return 1
	}
	return 0
}

func sumOf(parts []Part) (points int64) {
	for _, p := range parts {
		points += p.Got
	}
	return points
}
