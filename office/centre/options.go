package centre

import (
	"context"
	"slices"

	"tuntas/house/page"
	"tuntas/house/who"
)

// Options are institutions by name, to choose from.
func Options(all []Centre) (o []page.Option) {
	for _, c := range all {
		o = append(o, page.Option{Value: c.ID.String(), Name: c.Name})
	}
	return o
}

// Choices are the institutions that serve people and lie within an asker's reach, to choose from.
func (d *Desk) Choices(ctx context.Context, by who.Asker) (o []page.Option, err error) {
	all, err := d.List(ctx, by)
	return Options(slices.DeleteFunc(all, func(c Centre) bool { return !c.ClientService || !by.Scope.Has(c.ID) })), err
}
