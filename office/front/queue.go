package front

import (
	"strconv"

	"tuntas/house/fail"
	"tuntas/house/store"
	"tuntas/house/web"
)

// queues are the cards whose whole list is a page of its own: it is made by what makes the card, so that both say the
// same number.
var queues = map[string]maker{
	"health-goals":   healthCard,
	"work-goals":     workCard,
	"unserved-today": unservedCard(1),
	"unserved-week":  unservedCard(week),
	"without-nik":    namelessCard,
	"waived":         waivedCard,
	"came":           cameCard(week),
	"left":           leftCard(week),
	"held-beds":      holdsCard,
	"refused":        refusedCard,
	"uncertified":    staffCard,
	"agreed":         agreedCard,
	"proposed":       proposedCard,
}

// perQueue is how many lines a page of a queue shows.
const perQueue = 50

// queueParams say where a page of a queue begins.
type queueParams struct {
	From int64 `query:"from" minimum:"0" maximum:"1000000" description:"how many lines come before this page"`
}

// queuePage is a card with a page of its lines.
type queuePage struct {
	Card
	Next     string // the page after this one
	Withheld int64  // counted, and not for the asker to see
}

func (d *Desk) getQueue(r *web.Request) (web.Answer, error) {
	key := r.Word("queue")
	make, known := queues[key]
	if !known {
		return nil, fail.NotFound
	}
	var in queueParams
	if err := r.Filter(&in); err != nil {
		return nil, err
	}
	h := &home{desk: d, r: r, by: r.By, part: store.Stretch{From: in.From, Limit: perQueue}}
	c, err := make(h)
	if err != nil {
		return nil, err
	}
	p := queuePage{Card: c}
	switch seen := in.From + int64(len(c.Lines)); {
	case len(c.Lines) == perQueue && seen < c.N:
		p.Next = "?from=" + strconv.FormatInt(seen, 10)
	case seen < c.N && (in.From == 0 || len(c.Lines) > 0):
		p.Withheld = c.N - seen
	}
	return r.Page("front/queue.html", p)
}

// stretch is which lines of a card are asked for: the first on a home, a page of them where the card is a page of its own.
func (h *home) stretch() store.Stretch {
	if h.part.Limit > 0 {
		return h.part
	}
	return store.Stretch{Limit: perCard}
}

// stretchOf is a stretch of what was read whole.
func stretchOf[T any](all []T, s store.Stretch) []T {
	from := min(s.From, int64(len(all)))
	return all[from:min(from+s.Limit, int64(len(all)))]
}
