-- What was counted at any time stands in one row for each dimension, so that a stock is read without going through its years.
-- +goose Up
insert into tallies (measure, grain, centre_id, bucket, dim, n)
select measure, 'a', centre_id, '', dim, sum(n) from tallies where grain = 'y' group by measure, centre_id, dim;
