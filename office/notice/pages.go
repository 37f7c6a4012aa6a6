package notice

import (
	"embed"
	"time"

	"tuntas/house/calendar"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/access"
)

//go:embed html/*
var Pages embed.FS //nolint:revive // the desk's templates

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

var _ = page.Lookup("ladderrole", func(l text.Lang, key string) string { return text.T(l, string(roleWords[key])) })

// Routes are the desk's addresses.
func (d *Desk) Routes() []web.Route {
	return []web.Route{
		web.GET("/notices", d.getNotices).Says("notices", "The asker's notices, the newest first").Query(web.Part{}).Lists(NoticeBody{}),
		web.POST("/notices/reading", d.postReading).Says("notices", "Mark all notices of the asker as read").Takes(struct{}{}).Gives(ReadBody{}),
		web.GET("/notices/{notice}", d.getNotice).Page(),
		web.GET("/notices/settings", d.getSettings).Says("notices", "The asker's digest and calendar").Gives(SettingsBody{}),
		web.POST("/notices/settings", d.postSettings).NoDrafts("an address and a choice").Says("notices", "Set the asker's address and how often the digest comes").Takes(NewSettings{}).Gives(SettingsBody{}),
		web.POST("/notices/calendar", d.postFeed).Says("notices", "Make a new secret address of the asker's calendar; the one before is dead").Takes(struct{}{}).Gives(FeedBody{}),
		web.POST("/notices/calendar/removal", d.postFeedRemoval).Says("notices", "Take the secret address of the asker's calendar away").Takes(struct{}{}).Gives(SettingsBody{}),
		web.GET("/notices/ladder", d.getLadder).Says("notices", "Who is told of a referral without an answer, and when").Gives(LadderBody{}),
		web.POST("/notices/ladder", d.postLadder).Drafts("Tangga pemberitahuan|draf", who.ManageAgency).Says("notices", "Set who is told of a referral without an answer, and when").Takes(SetLadder{}).Gives(LadderBody{}),
		web.GET("/calendar/{feed}", d.getFeed).Page().Open().Rarely(web.NewTries(60, time.Minute)).GivesFile(calendar.Type),
	}
}

type noticesPage struct {
	All  []access.Notice
	Next string
}

func (d *Desk) getNotices(r *web.Request) (web.Answer, error) {
	all, next, err := web.PartOf(r, 50, func(p web.Part) ([]access.Notice, error) {
		return d.access.Notices(r.Context(), r.By, p.After, p.Limit)
	}, func(n access.Notice) id.ID { return n.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(all, func(n access.Notice) NoticeBody { return noticeBody(r.Lang, n) }), next)
	}
	return r.Page("notice/notices.html", noticesPage{all, next})
}

// getNotice opens what a notice tells of; with that it is read.
func (d *Desk) getNotice(r *web.Request) (web.Answer, error) {
	n, err := d.access.Notice(r.Context(), r.By, r.ID("notice"))
	if err != nil {
		return nil, err
	}
	return r.Go(n.Path())
}

func (d *Desk) postReading(r *web.Request) (web.Answer, error) {
	n, err := web.Do(r, func(struct{}) (int64, error) { return d.access.ReadAll(r.Context(), r.By) })
	if err != nil {
		return nil, err
	}
	r.Flash("Semua pemberitahuan ditandai dibaca.")
	return r.Done("/notices", "/notices", ReadBody{n})
}

type settingsPage struct {
	Settings
	Choices []page.Option
	Secret  string // the address, once
}

func (d *Desk) settingsPage(r *web.Request, secret string) func() (any, error) {
	return func() (any, error) {
		s, err := d.Settings(r.Context(), r.By)
		return settingsPage{s, page.WordOptions(r.Lang, digestWords, Daily, Weekly, Off), secret}, err
	}
}

func (d *Desk) getSettings(r *web.Request) (web.Answer, error) {
	return r.Show("notice/settings.html", d.settingsPage(r, ""), func() (any, error) {
		s, err := d.Settings(r.Context(), r.By)
		return settingsBody(s), err
	})
}

func (d *Desk) postSettings(r *web.Request) (web.Answer, error) {
	s, err := web.Do(r, func(in NewSettings) (Settings, error) {
		return d.Set(r.Context(), r.By, r.Site(), r.IfMatch(), in)
	})
	if err != nil {
		return r.Again("notice/settings.html", d.settingsPage(r, ""), err)
	}
	r.Flash("Pengaturan pemberitahuan tersimpan.")
	return r.Done("/notices/settings", "/notices/settings", settingsBody(s))
}

// postFeed shows the secret address in its answer, once.
func (d *Desk) postFeed(r *web.Request) (web.Answer, error) {
	secret, err := web.Do(r, func(struct{}) (string, error) { return d.RenewFeed(r.Context(), r.By) })
	if err != nil {
		return nil, err
	}
	at := r.Site() + "/calendar/" + secret + ".ics"
	if !r.API() {
		return r.Page("notice/settings.html", d.settingsPage(r, at))
	}
	return r.Done("/notices/settings", "/notices/settings", FeedBody{at})
}

func (d *Desk) postFeedRemoval(r *web.Request) (web.Answer, error) {
	s, err := web.Do(r, func(struct{}) (Settings, error) {
		if err := d.DropFeed(r.Context(), r.By); err != nil {
			return Settings{}, err
		}
		return d.Settings(r.Context(), r.By)
	})
	if err != nil {
		return nil, err
	}
	r.Flash("Alamat kalender dihapus.")
	return r.Done("/notices/settings", "/notices/settings", settingsBody(s))
}

type ladderPage struct {
	Rungs []Rung
	Roles []page.Option
}

func (d *Desk) ladderPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		all, err := d.Ladder(r.Context(), r.By)
		return ladderPage{all, page.WordOptions(r.Lang, roleWords, Roles...)}, err
	}
}

func (d *Desk) getLadder(r *web.Request) (web.Answer, error) {
	return r.Show("notice/ladder.html", d.ladderPage(r), func() (any, error) {
		all, err := d.Ladder(r.Context(), r.By)
		return LadderBody{all}, err
	})
}

func (d *Desk) postLadder(r *web.Request) (web.Answer, error) {
	all, err := web.Do(r, func(in SetLadder) ([]Rung, error) { return d.SetLadder(r.Context(), r.By, in) })
	if err != nil {
		return r.Again("notice/ladder.html", d.ladderPage(r), err)
	}
	r.Flash("Tangga pemberitahuan rujukan ditetapkan.")
	return r.Done("/notices/ladder", "/notices/ladder", LadderBody{all})
}

func (d *Desk) getFeed(r *web.Request) (web.Answer, error) {
	body, err := d.Feed(r.Context(), secretIn(r.Word("feed")), r.Site())
	if err != nil {
		return nil, err
	}
	return r.File("tuntas.ics", calendar.Type, body)
}
