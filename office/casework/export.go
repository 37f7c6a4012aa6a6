package casework

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

var (
	exportCases    = store.NewDisclosure("case.export", who.Export, store.ByExport)
	exportServices = store.NewDisclosure("service.export", who.Export, store.ByExport)
)

// Exported is a case as it leaves the house: with the words by which its centre, its worker and its ending are known.
type Exported struct {
	Case
	CentreCode, WorkerName            string
	EndedOn                           clock.Day
	ExitReason, Destination, HandedTo string
}

// Export hands on every case that the asker may see, in the order of the ids, from one picture of the data.
func (d *Desk) Export(ctx context.Context, by who.Asker, each func(Exported) error) error {
	return d.store.Read(ctx, by, exportCases, func(tx *store.Tx) error {
		return paged(tx, casesAfter, scanExported, func(c Exported) (id.ID, error) {
			tx.Saw(c.Person)
			return c.ID, each(c)
		})
	})
}

// ExportedService is a service as it leaves the house.
type ExportedService struct {
	Service
	Person     id.ID
	CentreCode string
}

// ExportServices hands on every service that the asker may see, in the order of the ids.
func (d *Desk) ExportServices(ctx context.Context, by who.Asker, each func(ExportedService) error) error {
	return d.store.Read(ctx, by, exportServices, func(tx *store.Tx) error {
		return paged(tx, servicesAfter, scanExportedService, func(s ExportedService) (id.ID, error) {
			tx.Saw(s.Person)
			return s.ID, each(s)
		})
	})
}

// paged goes through a list of any length, page by page.
func paged[T any](tx *store.Tx, st *store.Stmt, scan func(store.Row) (T, error), each func(T) (id.ID, error)) error {
	for after := id.ID(0); ; {
		page, err := store.Each(tx, st, scan, int64(after))
		if err != nil || len(page) == 0 {
			return err
		}
		for _, v := range page {
			if after, err = each(v); err != nil {
				return err
			}
		}
	}
}

var lookBroken = store.NewAct("case.verify", who.SeeSystem)

// Broken names what breaks an invariant of this desk.
func (d *Desk) Broken(ctx context.Context) (wrong []string, err error) {
	err = d.store.Read(ctx, who.House("verify"), lookBroken, func(tx *store.Tx) error {
		wrong, err = store.Faults(tx, []store.Fault{
			{Found: casesBesideHistory, Says: "case %s stands in a stage that its history does not end in"},
			{Found: casesHalfClosed, Says: "case %s is closed without a day, or has a day and is not closed"},
			{Found: casesUnended, Says: "case %s is past termination without an ending"},
			{Found: casesUnseen, Says: "case %s is of a person who is not present at its centre"},
			{Found: staysMisplaced, Says: "stay %s is not of the person or the centre of its case"},
			{Found: servicesMisplaced, Says: "service %s is not of the person or the centre of its case"},
			{Found: casesMisserved, Says: "case %s does not say when it was last served"},
			{Found: casesUnquiet, Says: "case %s does not say when something was last recorded of who lives in"},
			{Found: casesEmptied, Says: "case %s says when something was last recorded of who lives in, and nobody does"},
			{Found: stagesBackward, Says: "stage %s ends before it begins"},
		})
		return err
	})
	return wrong, err
}
