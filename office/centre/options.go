package centre

import "tuntas/house/page"

// Options are institutions by name, to choose from.
func Options(all []Centre) (o []page.Option) {
	for _, c := range all {
		o = append(o, page.Option{Value: c.ID.String(), Name: c.Name})
	}
	return o
}
