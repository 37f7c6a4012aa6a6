package store

// Uncounted lets a store keep no figures from now on, to measure what they cost.
func Uncounted(s *Store) { s.uncounted = true }
