// Package publication is the desk of the public site's news: articles from draft to publication, with every revision kept,
// the review that each passes, the consent of those who stand in one, its image, the feed, and the search of everybody.
//
// Owns the tables articles, article_revisions, article_steps, article_subjects, article_images and article_words, and the
// views of what is public. Calls person for consents and centre for names. Law: UU 27/2022 Pasal 22 and 24 to 26 (consent,
// its withdrawal, children and persons with disability), SE Mensos 2/2023 (nobody is used to beg).
package publication
