// Package quality is the desk of trust in the figures: what is not in order in the records of each institution and how it
// is mended, alerts that make a task of a figure that crosses its threshold, and reports by e-mail on a fixed day.
//
// Owns the tables alert_rules, alert_tasks and alert_steps, report_orders and report_copies. Reads cases, services, notes,
// contacts, stays and persons; calls monitoring for figures, access for users, coordination for e-mails, centre for names.
// Law: none. The rules, their weights and their days are choices of the office (law/quality).
package quality
