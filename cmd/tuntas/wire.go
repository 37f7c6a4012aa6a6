package main

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"slices"
	"time"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/jobs"
	"tuntas/house/page"
	"tuntas/house/store"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/access"
	"tuntas/office/actions"
	"tuntas/office/audit"
	"tuntas/office/casework"
	"tuntas/office/centre"
	"tuntas/office/comments"
	"tuntas/office/competence"
	"tuntas/office/coordination"
	"tuntas/office/drafts"
	"tuntas/office/front"
	"tuntas/office/interop"
	"tuntas/office/letters"
	"tuntas/office/mandate"
	"tuntas/office/meeting"
	"tuntas/office/monitoring"
	"tuntas/office/needs"
	"tuntas/office/notice"
	"tuntas/office/opendata"
	"tuntas/office/outcome"
	"tuntas/office/participation"
	"tuntas/office/passage"
	"tuntas/office/performance"
	"tuntas/office/person"
	"tuntas/office/planning"
	"tuntas/office/potential"
	"tuntas/office/publication"
	"tuntas/office/quality"
	"tuntas/office/residence"
	"tuntas/office/satisfaction"
	"tuntas/office/spm"
	"tuntas/office/standards"
	"tuntas/office/upkeep"
)

// Office is every desk, wired.
type Office struct {
	Store     *store.Store
	Access    *access.Desk
	Audit     *audit.Desk
	Centres   *centre.Desk
	Persons   *person.Desk
	Residence *residence.Desk
	Cases     *casework.Desk
	Passage   *passage.Desk
	Mandates  *mandate.Desk
	Figures   *monitoring.Desk
	Exchange  *interop.Desk
	Upkeep    *upkeep.Desk
	Letters   *letters.Desk
	Standards *standards.Desk
	Skills    *competence.Desk
	Notices   *notice.Desk
	Drafts    *drafts.Desk
	Partners  *coordination.Desk
	Needs     *needs.Desk
	Plans     *planning.Desk
	Actions   *actions.Desk
	Meetings  *meeting.Desk
	Outcomes  *outcome.Desk
	SPM       *spm.Desk
	Surveys   *satisfaction.Desk
	Cascade   *performance.Desk
	Quality   *quality.Desk
	Reports   *participation.Desk
	News      *publication.Desk
	Comments  *comments.Desk
	Open      *opendata.Desk
	Potential *potential.Desk
	Front     *front.Desk
	demo      bool
}

// Measures are the figures that the desks declare.
func Measures() []store.Measure {
	return slices.Concat(residence.Measures, casework.Measures, coordination.Measures, centre.Measures, mandate.Measures, satisfaction.Measures, participation.Measures,
		potential.Measures)
}

// Wire opens every desk on a store.
func Wire(s *store.Store, demo bool) *Office {
	o := &Office{Store: s, Access: access.New(s, demo), Audit: audit.New(s), Centres: centre.New(s), Persons: person.New(s), Residence: residence.New(s),
		Cases: casework.New(s), Passage: passage.New(s), Mandates: mandate.New(s), Figures: monitoring.New(s, Measures()), Exchange: interop.New(s), Upkeep: upkeep.New(s, version),
		Drafts: drafts.New(s), Partners: coordination.New(s, demo), Standards: standards.New(s), Skills: competence.New(s), SPM: spm.New(s), Surveys: satisfaction.New(s), demo: demo}
	o.Letters, o.Notices = letters.New(s, o.Figures, demo), notice.New(s, o.Access, o.Partners)
	o.Quality = quality.New(s, o.Figures, o.Access, o.Partners)
	o.Needs = needs.New(s, o.Standards)
	o.Plans = planning.New(s, o.Standards)
	o.Actions = actions.New(s, o.Standards, o.Partners)
	o.Partners.Owed = actions.OwedBy
	o.Meetings = meeting.New(s, o.Actions, o.Standards, o.Partners, o.Figures)
	o.Meetings.HeadsAt = notice.HeadsAt
	o.Outcomes = outcome.New(s)
	o.Figures.Calls = map[string]func(*store.Tx, id.ID) (map[id.ID]string, error){"worker": casework.WorkerNames, "ward": residence.WardNames}
	o.Figures.Served = o.Cases.Served
	o.Residence.Changed = casework.StayChanged
	o.Access.OpenCases, o.Audit.Called = casework.OpenByCentre, person.Called
	o.Access.Meant = func(ctx context.Context, by who.Asker, w access.Wanted) (access.Meant, error) {
		m, err := o.Persons.Exactly(ctx, by, person.Exact(w))
		return access.Meant(m), err
	}
	o.Cascade = performance.New(s, o.Figures)
	o.Reports = participation.New(s, o.Cases)
	o.Open = opendata.New(s, o.Reports)
	o.News = publication.New(s, o.Persons, o.Centres)
	o.Potential = potential.New(s)
	o.Comments = comments.New(s, o.News, o.Reports, o.Persons)
	o.News.Below = o.Comments.Under
	o.Front = &front.Desk{News: o.News, Open: o.Open, Comments: o.Comments, Watch: s, Access: o.Access, Audit: o.Audit, Centres: o.Centres, Persons: o.Persons, Residence: o.Residence, Cases: o.Cases,
		Passage: o.Passage, Figures: o.Figures, Upkeep: o.Upkeep, Letters: o.Letters, Drafts: o.Drafts, Partners: o.Partners, Needs: o.Needs, Plans: o.Plans, Actions: o.Actions, SPM: o.SPM, Cascade: o.Cascade, Quality: o.Quality, Reports: o.Reports,
		Mandates: o.Mandates, Standards: o.Standards, Surveys: o.Surveys, Potential: o.Potential}
	o.News.Elsewhere = o.Front.Institutions
	return o
}

// Routes are the addresses of all desks.
func (o *Office) Routes() []web.Route {
	return slices.Concat(o.Front.Routes(), o.Access.Routes(), o.Audit.Routes(), o.Centres.Routes(), o.Persons.Routes(), o.Residence.Routes(),
		o.Cases.Routes(), o.Passage.Routes(), o.Mandates.Routes(), o.Figures.Routes(), o.Exchange.Routes(), o.Upkeep.Routes(), o.Letters.Routes(), o.Drafts.Routes(), o.Partners.Routes(), o.Standards.Routes(), o.Needs.Routes(), o.Plans.Routes(), o.Actions.Routes(), o.Meetings.Routes(), o.Skills.Routes(), o.Notices.Routes(), o.Outcomes.Routes(), o.SPM.Routes(), o.Surveys.Routes(), o.Cascade.Routes(), o.Quality.Routes(), o.Reports.Routes(), o.News.Routes(), o.Comments.Routes(), o.Open.Routes(), o.Potential.Routes())
}

// PageSet parses the templates of all desks.
func PageSet() (*page.Set, error) {
	return page.New(map[string]fs.FS{"web": web.Pages, "front": front.Pages, "access": access.Pages, "audit": audit.Pages, "centre": centre.Pages, "person": person.Pages,
		"residence": residence.Pages, "casework": casework.Pages, "passage": passage.Pages, "mandate": mandate.Pages, "monitoring": monitoring.Pages, "interop": interop.Pages, "upkeep": upkeep.Pages, "letters": letters.Pages, "drafts": drafts.Pages, "coordination": coordination.Pages, "standards": standards.Pages, "needs": needs.Pages, "planning": planning.Pages, "actions": actions.Pages, "meeting": meeting.Pages, "competence": competence.Pages, "notice": notice.Pages, "outcome": outcome.Pages, "spm": spm.Pages, "satisfaction": satisfaction.Pages, "performance": performance.Pages, "quality": quality.Pages, "participation": participation.Pages, "publication": publication.Pages, "comments": comments.Pages, "opendata": opendata.Pages, "potential": potential.Pages})
}

// Server answers HTTP for the office.
func (o *Office) Server(c clock.Clock, log *slog.Logger) (*web.Server, error) {
	pages, err := PageSet()
	if err != nil {
		return nil, err
	}
	o.News.Contact(context.Background()) // read once, before anybody asks
	return web.New(web.Options{Store: o.Store, Pages: pages, Routes: o.Routes(), Auth: access.Door{Desk: o.Access}, Keep: o.Access.Keep(),
		Drafts: drafts.Door{Desk: o.Drafts}, Nav: o.Front.Nav, Unit: o.unit, Menu: front.Menu, Contact: o.News.Contact, Clock: c, Log: log, Demo: o.demo, Version: version})
}

// unit names the place an asker works for.
func (o *Office) unit(by who.Asker) string {
	if at := by.Scope.Only(); at != 0 {
		return o.Centres.NameOf(at)
	}
	return "Dinas Sosial Jawa Timur"
}

// Jobs is the timetable.
func (o *Office) Jobs(log *slog.Logger) *jobs.Runner {
	return jobs.New(o.Store, log, o.topics(),
		jobs.Job{Name: "sweep", Every: 10 * time.Minute, Do: o.Access.Sweep},
		jobs.Job{Name: "group", Every: time.Hour, Do: o.Residence.Group},
		jobs.Job{Name: "figures", Every: time.Hour, Do: func(ctx context.Context) error {
			return errors.Join(o.Cases.CountOld(ctx), o.Partners.CountOld(ctx))
		}},
		jobs.Job{Name: "items", Every: time.Hour, Do: o.Cases.CountItems},
		jobs.Job{Name: "release", Every: time.Hour, Do: o.Residence.Release},
		jobs.Job{Name: "reports-late", Every: time.Hour, Do: func(ctx context.Context) error {
			return errors.Join(o.Reports.Sweep(ctx), o.Reports.Remind(ctx))
		}},
		jobs.Job{Name: "drafts", Every: time.Hour, Do: o.Drafts.Clear},
		jobs.Job{Name: "referrals", Every: time.Hour, Do: o.Partners.Escalate},
		jobs.Job{Name: "notices", Every: time.Hour, Do: func(ctx context.Context) error {
			return errors.Join(o.Notices.Climb(ctx), o.Notices.Digest(ctx))
		}},
		jobs.Job{Name: "comments", Every: time.Hour, Do: func(ctx context.Context) error {
			return errors.Join(o.Comments.Sweep(ctx), o.Comments.Remind(ctx))
		}},
		jobs.Job{Name: "news", Every: time.Hour, Do: o.News.Watch},
		jobs.Job{Name: "open-figures", Every: time.Hour, Do: o.Open.Monthly},
		jobs.Job{Name: "potential", Every: time.Hour, Do: o.Potential.Watch},
		jobs.Job{Name: "alerts", Every: time.Hour, Do: o.Quality.Watch},
		jobs.Job{Name: "reports", Every: 5 * time.Minute, Do: o.Quality.SendDue})
}

// topics ties each message of the outbox to who must learn of it.
func (o *Office) topics() map[string]func(context.Context, store.Message) error {
	return map[string]func(context.Context, store.Message) error{
		coordination.TopicMail: o.Partners.Deliver,
		store.TopicNotice:      o.Notices.Hear,
		casework.TopicReturned: func(ctx context.Context, m store.Message) error {
			var back casework.Returned
			if err := json.Unmarshal(m.Body, &back); err != nil {
				return err
			}
			return o.Cases.FollowReturn(ctx, back)
		},
		person.TopicChanged: func(ctx context.Context, m store.Message) error {
			var c person.Changed
			if err := json.Unmarshal(m.Body, &c); err != nil {
				return err
			}
			return errors.Join(o.Persons.Follow(ctx, c), o.Residence.FollowPerson(ctx, c.Person), o.Cases.FollowPerson(ctx, c.Person))
		},
	}
}

const version = "0.1.0"
