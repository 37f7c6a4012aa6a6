package casework

import (
	"strconv"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/store"
)

// yearMonths is the mark at which a skill is held against what became of the people who learned it.
const yearMonths = 12

// taught names the skill that somebody learned in care, and whether the tools went along.
func (e Ending) taught() string {
	if e.Skill == "" {
		return ""
	}
	return e.Skill + ":" + e.Tool
}

// atYear says what is known a year after leaving: Held, Fallen, or "" for nothing.
func (a Afterwards) atYear() string {
	month, state, _ := strings.Cut(a.Course, ":")
	n, _ := strconv.Atoi(month)
	switch {
	case state == Fallen && n <= yearMonths:
		return Fallen
	case n >= yearMonths:
		return Held
	}
	return ""
}

// countTaught counts who learned a skill, on the day on which a year has passed since leaving, and what is known of them then.
func countTaught(tx *store.Tx, c Case, year clock.Day, a Afterwards, n int64) {
	if a.Taught == "" {
		return
	}
	tx.CountOf(c.Person, "skill.due", c.Centre, year, a.Taught, n)
	switch a.atYear() {
	case Held:
		tx.CountOf(c.Person, "skill.held", c.Centre, year, a.Taught, n)
	case Fallen:
		tx.CountOf(c.Person, "skill.fallen", c.Centre, year, a.Taught, n)
	}
}
