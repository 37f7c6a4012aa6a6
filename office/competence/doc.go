// Package competence is the desk of staff and their certificates: the posts that an institution plans and those it has,
// whose certificate ends, how heavy the work is, and the trainings that close the gap, until the criterion that they
// should move.
//
// Owns the tables staffing_plans, trainings and training_members. Calls centre for posts and certificates, standards for
// criteria and workload, casework for the figure of open cases. Law: Permensos 16/2019 Pasal 42 (kinds of staff), 43 ayat
// (1) (Pekerja Sosial and TKS by workload) and 43 ayat (2) (certificate). How many are enough is no law: it is a plan.
package competence
