-- What the homes ask each morning: who came and left, whose place is held, which goals are due.
-- +goose Up
create index stays_came on stays (centre_id, from_on) where state <> 'cancelled';
create index stays_left on stays (centre_id, to_on) where state = 'ended';
create index stays_held on stays (centre_id, held_until) where state = 'reserved';
create index goals_due on goals (centre_id, due_on, domain) where state = 'open';
create index case_stages_waived on case_stages (centre_id, on_day) where waiver <> '';
create index refusals_at on refusals (at);
