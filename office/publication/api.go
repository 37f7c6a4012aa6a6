package publication

import (
	"time"

	"tuntas/house/clock"
	"tuntas/house/id"
)

// ArticleBody is an article in the API. Moments are RFC 3339; null where there is none.
type ArticleBody struct {
	ID        id.ID      `json:"id" required:"true"`
	Version   int64      `json:"version"`
	Centre    *id.ID     `json:"centre_id"` // null: the province's
	State     State      `json:"state" enum:"draft,review,approved,published,withdrawn,expired"`
	Revision  int64      `json:"revision"`
	Title     string     `json:"title"`
	Lead      string     `json:"lead"`
	Body      string     `json:"body"`
	Topic     string     `json:"topic"`
	Related   *id.ID     `json:"related_centre_id"`
	Names     bool       `json:"names_person"`
	Shows     bool       `json:"shows_person"`
	Author    string     `json:"author"`
	Address   string     `json:"address"` // of the public page
	From      *time.Time `json:"published_at"`
	Until     *time.Time `json:"ends_at"`
	Corrected *time.Time `json:"corrected_at"`
	Reason    string     `json:"reason"`
	Alt       string     `json:"image_alt"`
	Caption   string     `json:"image_caption"`
}

// RecordVersion is the ETag.
func (b ArticleBody) RecordVersion() int64 { return b.Version }

func known(i id.ID) *id.ID {
	if i == 0 {
		return nil
	}
	return &i
}

func when(ms int64) *time.Time {
	if ms == 0 || ms == Forever {
		return nil
	}
	t := time.UnixMilli(ms).In(clock.WIB)
	return &t
}

func articleBody(a Article) ArticleBody {
	return ArticleBody{a.ID, a.Version, known(a.Centre), a.State, a.Revision, a.Title, a.Lead, a.Body, a.Topic, known(a.Text.Related), a.Names, a.Shows, a.Writer, a.Public(),
		when(a.ShownAt), when(a.EndsAt), when(a.Corrected), a.Reason, a.Alt, a.Caption}
}

// SubjectBody is a person in an article, in the API. Code withdraws the consent and is given once, when it was written down.
type SubjectBody struct {
	ID        id.ID      `json:"id" required:"true"`
	Article   id.ID      `json:"article_id"`
	Called    string     `json:"called"`
	Consent   *id.ID     `json:"consent_id"`
	GivenBy   string     `json:"given_by" enum:"self,parent,guardian"`
	Relation  string     `json:"relation"`
	Evidence  string     `json:"evidence"`
	GivenOn   clock.Day  `json:"given_on"`
	Until     clock.Day  `json:"until"`
	Channels  []string   `json:"channels"`
	Photo     bool       `json:"photo"`
	Withdrawn *time.Time `json:"withdrawn_at"`
	Code      string     `json:"code,omitempty"`
}

func subjectBody(s Subject) SubjectBody {
	return SubjectBody{s.ID, s.Article, s.Called, known(s.Consent), s.GivenBy, s.Relation, s.Evidence, s.GivenOn, s.Until, s.Channels, s.Photo, when(s.WithdrawnAt), ""}
}

// RevisionBody is an article as it once was.
type RevisionBody struct {
	N     int64     `json:"revision"`
	Title string    `json:"title"`
	Lead  string    `json:"lead"`
	Body  string    `json:"body"`
	Topic string    `json:"topic"`
	Note  string    `json:"correction"`
	By    string    `json:"by"`
	At    time.Time `json:"at"`
}

// StepBody is what was done with an article.
type StepBody struct {
	Step string    `json:"step"`
	Note string    `json:"note"`
	By   string    `json:"by"`
	At   time.Time `json:"at"`
}

// SheetBody is an article with all that belongs to it.
type SheetBody struct {
	ArticleBody
	Subjects  []SubjectBody  `json:"subjects"`
	Revisions []RevisionBody `json:"revisions"`
	Steps     []StepBody     `json:"steps"`
}

func sheetBody(s Sheet) SheetBody {
	b := SheetBody{ArticleBody: articleBody(s.Article), Subjects: []SubjectBody{}, Revisions: []RevisionBody{}, Steps: []StepBody{}}
	for _, one := range s.Subjects {
		b.Subjects = append(b.Subjects, subjectBody(one))
	}
	for _, v := range s.Revisions {
		b.Revisions = append(b.Revisions, RevisionBody{v.N, v.Title, v.Lead, v.Body, v.Topic, v.Note, v.By, v.At.In(clock.WIB)})
	}
	for _, t := range s.Steps {
		b.Steps = append(b.Steps, StepBody{t.Step, t.Note, t.By, t.At.In(clock.WIB)})
	}
	return b
}

// NewsBody is a published article as everybody reads it.
type NewsBody struct {
	ID        id.ID      `json:"id" required:"true"`
	Address   string     `json:"address"`
	Title     string     `json:"title"`
	Lead      string     `json:"lead"`
	Body      string     `json:"body"` // Markdown
	Topic     string     `json:"topic"`
	Centre    *id.ID     `json:"related_centre_id"`
	From      *time.Time `json:"published_at"`
	Corrected *time.Time `json:"corrected_at"`
}

func newsBody(n News) NewsBody {
	return NewsBody{n.ID, n.Path(), n.Title, n.Lead, n.Body, n.Topic, known(n.Related), when(n.ShownAt), when(n.Corrected)}
}
