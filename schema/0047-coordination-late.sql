-- The list of late referrals goes down by its cursor among those without an answer, and not through all of them.
-- +goose Up
create index referrals_unanswered on referrals (id, due_on) where state in ('sent', 'received', 'needs_information');
