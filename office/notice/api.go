package notice

import (
	"time"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/text"
	"tuntas/office/access"
)

// NoticeBody is a notice in the API.
type NoticeBody struct {
	ID   id.ID     `json:"id" required:"true"`
	At   time.Time `json:"at"`
	Kind string    `json:"kind"`
	Text string    `json:"text"`
	Path string    `json:"path"` // of the page that shows what it tells of
	Read bool      `json:"read"`
}

// SettingsBody is what a user wants.
type SettingsBody struct {
	Version  int64      `json:"version"`
	Email    string     `json:"email"`
	Digest   string     `json:"digest" enum:"daily,weekly,off"`
	DigestOn *clock.Day `json:"last_digest_on"`
	FeedOn   *clock.Day `json:"calendar_since"`
}

// RecordVersion is the ETag.
func (b SettingsBody) RecordVersion() int64 { return b.Version }

// ReadBody is how many notices were marked as read.
type ReadBody struct {
	Read int64 `json:"read"`
}

// FeedBody is the secret address of a calendar, shown once.
type FeedBody struct {
	URL string `json:"url" required:"true"`
}

// LadderBody is the ladder.
type LadderBody struct {
	Rungs []Rung `json:"rungs"`
}

func noticeBody(l text.Lang, n access.Notice) NoticeBody {
	return NoticeBody{n.ID, n.At, n.Kind, text.Say(l, n.Says()), n.Path(), !n.New}
}

func settingsBody(s Settings) SettingsBody {
	return SettingsBody{s.Version, s.Email, s.Digest, s.DigestOn.Known(), s.FeedOn.Known()}
}
