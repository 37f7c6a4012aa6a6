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

// urgent puts the openings that wait before the cards of a role that judges them beside other work; the last card gives way.
func urgent(h *home, cards []Card) ([]Card, error) {
	if role := h.by.Role; role != "head_centre" && role != "head_division" {
		return cards, nil
	}
	c, err := openingsCard(h)
	if err != nil || c.N == 0 {
		return cards, err
	}
	return append([]Card{c}, cards[:min(len(cards), mostCards-1)]...), nil
}
