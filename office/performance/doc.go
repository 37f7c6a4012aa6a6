// Package performance is the desk of the cascade of performance: the office's own tree from the institutions over the office to
// the reduction of poverty, what each institution and action adds to it, performance agreements, and the tables of the LKjIP.
//
// Owns the tables performance_*. Calls monitoring for figures and targets, actions and needs for what is done and what it
// costs, centre for names. Law: Perpres 29/2014, PermenPANRB 53/2014, both cited only; how achievement is reckoned is assumed
// (law/performance), and the office's own targets are the office's data.
package performance
