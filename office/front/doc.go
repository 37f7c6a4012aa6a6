// Package front is the front desk: pages that show several desks at once. It has no table, no SQL and no
// rule; it asks the desks and lays their answers side by side.
package front
