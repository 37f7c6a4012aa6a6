package law

// Grades are the grades of an accreditation (Permensos 17/2012, replaced by 8/2025; assumed). How long one holds is said
// by its certificate and never reckoned from here: the hints tell what the older rule said.
var Grades = Load[[]Named]("accreditation")
