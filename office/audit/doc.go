// Package audit reads the trail: who saw whose data, by person and by user, the extract that is printed for the person
// whom it is about (UU 27/2022), and the review of files that were opened in an emergency.
//
// Owns no table: the views that it reads, and the openings that it judges, are those of access. Calls access.
package audit
