package front

import (
	"strings"

	"tuntas/house/page"
	"tuntas/house/store"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/spm"
)

// Card is one work queue of a home: a sentence, a number, the first lines, each with what can be done.
type Card struct {
	Title  string
	N      int64
	Counts bool   // whether its number is shown
	All    string // where the whole list is
	Lines  []Line
	Cells  []Cell
	Bars   []load
	Quiet  string // what it says when there is nothing to do
}

// Line is one line of a card.
type Line struct {
	Path, Name, Age, Note string
	Chip                  *page.Chip
	Act, Do               string // where its action is, and what it says
}

// Cell is one figure of a card, which opens the list behind it.
type Cell struct{ Path, Value, Word string }

// homePage is the first page of a role: at most six cards, the most urgent thing first.
type homePage struct {
	Cards  []Card
	First  string // whom to begin with
	Name   string // how the office speaks to the asker
	Lead   string
	Unsent int // drafts, up to mostUnsent
}

// maker makes one card. The order of a role's cards never changes: people learn places.
type maker func(h *home) (Card, error)

// home is a home while it is made.
type home struct {
	desk   *Desk
	r      *web.Request
	by     who.Asker // whose home it is: the asker, or a role that is tried out
	day    *day      // the cases of the day, read once for several cards
	head   *headline
	well   *store.Health // how the house is, read once for several cards
	met    *spm.Met      // how far basic needs are met, read once for several cards
	owed   *owed         // which answers agencies owe, read once for several cards
	voices *voices       // which reports of the public wait, read once for several cards
	part   store.Stretch // which lines are asked for; nothing: the first
}

// homes are the cards of each role. A role that is not here sees those of the head of a centre.
var homes = map[string][]maker{
	"social_worker":       {lateCard, passageCard, visitsCard, returnedCard, changesCard, readyCard},
	"head_centre":         {decisionsCard, lettersCard, passageCard, lateCard, wardsCard, reportsOrLoadCard},
	"head_administration": {cameCard(week), wardsCard, papersCard, namelessCard, holdsCard, balanceCard},
	"carer":               {wardsCard, unservedCard(1), cameCard(week), holdsCard, leftCard(week)},
	"nurse":               {healthCard, unservedCard(week), cameCard(week), wardsCard, leftCard(week)},
	"instructor":          {workCard, unservedCard(week), readyCard, visitsCard},
	"head_province":       {weekCard, headlineCard, standingCard, answersCard, reportsCard, withoutCard},
	"head_division":       {attentionCard, agreedCard, unmetCard, alertsCard, proposedCard, reportsCard},
	"section_head":        {attentionCard, lateAtCard, reportsCard, decisionsAtCard, headlineCard, withoutCard},
	"auditor":             {openingsCard, refusedCard, waivedCard, lookedCard, soundCard},
	"communications":      {commentsCard, articlesCard, openFiguresCard, headlineCard, withoutCard},
	"admin":               {openingsCard, systemCard, refusedCard, soundCard, staffCard},
}

func (d *Desk) getToday(r *web.Request) (web.Answer, error) {
	h := &home{desk: d, r: r, by: r.By}
	first, _, _ := strings.Cut(r.By.Name, " ")
	p := homePage{Name: strings.TrimSpace(r.By.Address + " " + first)}
	err := r.Together(func() (err error) {
		p.Cards, err = h.cards()
		return err
	})
	if err != nil {
		return nil, err
	}
	p.First = firstOf(p.Cards)
	if h.mine() {
		if p.Unsent, err = d.Drafts.Unsent(r.Context(), r.By, mostUnsent); err != nil {
			return nil, err
		}
	}
	if h.day != nil {
		p.Lead = r.Say("%d kasus", h.day.Cases())
	}
	return r.Page("front/today.html", p)
}

// mostUnsent is how many drafts a home counts; more are "many".
const mostUnsent = 20

// Many tells whether there may be more drafts than were counted.
func (p homePage) Many() bool { return p.Unsent == mostUnsent }

const mostCards = 6

// cards makes the cards of a home.
func (h *home) cards() (all []Card, err error) {
	makers, known := homes[h.by.Role]
	if !known {
		makers = homes["head_centre"]
	}
	for _, make := range makers {
		c, err := make(h)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return urgent(h, all)
}

// firstOf is the one thing to start with: the first line of somebody that has an action.
func firstOf(cards []Card) string {
	for _, c := range cards {
		for _, l := range c.Lines {
			if l.Act != "" {
				return l.Name
			}
		}
	}
	return ""
}

// counted is a card with a number.
func counted(title string, n int64, all, quiet string) Card {
	c := Card{Title: title, N: n, Counts: true, Quiet: quiet}
	if n > 0 {
		c.All = all
	}
	return c
}

// mine tells whether the asker sees own cases, and not those of the whole centre.
func (h *home) mine() bool { return h.by.May(who.WorkCase) && h.by.Role != "everything" }
