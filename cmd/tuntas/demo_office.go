package main

import (
	"context"

	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/seed"
)

// aimDemo plays the surveys of satisfaction, sets targets, defines figures and closes months.
func aimDemo(ctx context.Context, o *Office, calendar *seed.Calendar) error {
	by := who.House("demo")
	by.Name = "Petugas contoh"
	all, err := o.Centres.List(ctx, by)
	if err != nil {
		return err
	}
	if err := seed.Survey(ctx, seed.Surveys{Desk: o.Surveys, Calendar: calendar}, by, all, o.Store.Today()); err != nil {
		return err
	}
	if err := seed.Profiles(ctx, o.Centres, calendar, by, all, o.Store.Today()); err != nil {
		return err
	}
	if err := o.Store.Fold(ctx); err != nil {
		return err
	}
	if err := seed.Aim(ctx, seed.Figures{Desk: o.Figures, Calendar: calendar}, by, all, o.Store.Today()); err != nil {
		return err
	}
	for _, play := range []func(context.Context, *Office, *seed.Calendar) error{watchDemo, reportDemo} {
		if err := play(ctx, o, calendar); err != nil {
			return err
		}
	}
	if err := newsDemo(ctx, o, calendar, by, all); err != nil {
		return err
	}
	if err := helpDemo(ctx, o, calendar, all); err != nil {
		return err
	}
	return releaseDemo(ctx, o, calendar)
}

// releaseDemo releases the open figures.
func releaseDemo(ctx context.Context, o *Office, calendar *seed.Calendar) error {
	s := seed.Opening{Desk: o.Open, Calendar: calendar}
	if err := o.signedIn(ctx, map[string]*who.Asker{"wulan": &s.Head}); err != nil {
		return err
	}
	return seed.Open(ctx, s, o.Store.Today())
}

// helpDemo plays what the community gives: the register, offers and requests, promises, and works of residents.
func helpDemo(ctx context.Context, o *Office, calendar *seed.Calendar, all []centre.Centre) error {
	s := seed.Mobilising{Desk: o.Potential, Persons: o.Persons, Needs: o.Needs, Calendar: calendar}
	if err := o.signedIn(ctx, map[string]*who.Asker{"wulan": &s.Province, "joko": &s.Head, "ratna": &s.Worker}); err != nil {
		return err
	}
	s.Centre = s.Head.Scope.Only()
	return seed.Mobilise(ctx, s, all, o.Store.Today())
}

// newsDemo writes the news: a member of staff is the author, and the editors of the province say yes.
func newsDemo(ctx context.Context, o *Office, calendar *seed.Calendar, author who.Asker, all []centre.Centre) error {
	editor, err := o.Access.As(ctx, "humas")
	if err != nil {
		return err
	}
	if err := seed.News(ctx, seed.Newsroom{Desk: o.News, Calendar: calendar, Author: author, Editor: editor}, all, o.Store.Today()); err != nil {
		return err
	}
	return seed.Comment(ctx, seed.Talking{Desk: o.Comments, News: o.News, Calendar: calendar, Moderator: editor}, o.Store.Today())
}

// watchDemo sets alerts, follows some up, and orders reports.
func watchDemo(ctx context.Context, o *Office, calendar *seed.Calendar) error {
	w := seed.Watching{Desk: o.Quality, Calendar: calendar}
	if err := o.signedIn(ctx, map[string]*who.Asker{"wulan": &w.Province, "joko": &w.Head}); err != nil {
		return err
	}
	return seed.Watch(ctx, w, o.Store.Today())
}

// reportDemo plays what people report, and what became of it.
func reportDemo(ctx context.Context, o *Office, calendar *seed.Calendar) error {
	s := seed.Reporting{Desk: o.Reports, Calendar: calendar}
	if err := o.signedIn(ctx, map[string]*who.Asker{"wulan": &s.Province, "joko": &s.Head, "ratna": &s.Worker}); err != nil {
		return err
	}
	s.Centre = s.Head.Scope.Only()
	return seed.Report(ctx, s, o.Store.Today())
}

// performDemo plays the cascade of performance.
func performDemo(ctx context.Context, o *Office) error {
	p := seed.Performance{Desk: o.Cascade, Figures: o.Figures, Heads: map[string]who.Asker{}}
	for _, a := range demoAccounts {
		by, err := o.Access.As(ctx, a.Login)
		if err != nil {
			return err
		}
		by.Via = "page"
		switch a.Role {
		case "head_division":
			p.Keeper = by
		case "head_province":
			p.Chief, p.ChiefName = by, a.Name
		case "head_centre":
			p.Heads[a.Centre] = by
		}
	}
	all, err := o.Centres.List(ctx, p.Keeper)
	if err != nil {
		return err
	}
	return seed.Perform(ctx, p, all, o.Store.Today())
}

// meetDemo plays the coordination meetings and what they decided.
func meetDemo(ctx context.Context, o *Office, calendar *seed.Calendar) error {
	m := seed.Meeting{Meetings: o.Meetings, Actions: o.Actions, Partners: o.Partners, Calendar: calendar}
	if err := o.signedIn(ctx, map[string]*who.Asker{"wulan": &m.Province, "joko": &m.Head}); err != nil {
		return err
	}
	return seed.Meet(ctx, m, o.Store.Today())
}

// signedIn makes the askers of accounts, as they work on pages.
func (o *Office) signedIn(ctx context.Context, all map[string]*who.Asker) (err error) {
	for login, by := range all {
		if *by, err = o.Access.As(ctx, login); err != nil {
			return err
		}
		by.Via = "page"
	}
	return nil
}
