-- How far the cases of a day came is counted on the day of their opening. The rows take the ids of the lines of the history,
-- turned negative: the ids themselves may still stand there.
-- +goose Up
insert into deltas (id, measure, centre_id, day, dim, n)
select -g.id, 'case.reached', g.centre_id, c.opened_on, g.stage, 1
from cases c join case_stages g on g.case_id = c.id where g.stage <> 'closed';
