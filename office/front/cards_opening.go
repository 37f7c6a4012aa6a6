package front

import "tuntas/house/who"

// openingsCard is the emergency access that waits for a judgement. Who may not judge it sees how much there is.
func openingsCard(h *home) (Card, error) {
	n, first, err := h.desk.Audit.Waiting(h.r.Context(), h.by)
	c := counted(h.r.Say("Akses darurat menunggu telaah"), n, "", h.r.Say("Tidak ada akses darurat yang menunggu telaah."))
	if !h.by.May(who.ReviewOpening) {
		return c, err
	}
	if n > 0 {
		c.All = "/emergency-reviews"
	}
	for _, o := range first {
		at := "/emergency-reviews/" + o.ID.String()
		whom := h.r.Say("membuka berkas %s", o.Called)
		if o.Called == "" {
			whom = h.r.Say("membuka berkas orang yang dirahasiakan")
		}
		c.Lines = append(c.Lines, Line{Path: at, Name: o.Spoken(), Note: whom + ". " + o.Why().In(string(h.r.Lang)) + ": " + o.Reason, Act: at, Do: h.r.Say("Telaah")})
	}
	return c, err
}

// urgent puts the openings that wait before the cards of whoever judges them beside other work, also for the days of a
// cover; the last card gives way. Auditors have the card among their own.
func urgent(h *home, cards []Card) ([]Card, error) {
	if !h.by.May(who.ReviewOpening) || h.by.Role == "auditor" {
		return cards, nil
	}
	c, err := openingsCard(h)
	if err != nil || c.N == 0 {
		return cards, err
	}
	return append([]Card{c}, cards[:min(len(cards), mostCards-1)]...), nil
}
