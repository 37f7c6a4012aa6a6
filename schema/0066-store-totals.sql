-- What is counted is kept over the whole province too, in grains of its own (D, M, Y, A; centre 0): a page of the province reads
-- one row where it read one for each centre. Whoever fills tallies in a later change fills both.
-- +goose Up
insert into tallies (measure, grain, centre_id, bucket, dim, n)
select measure, upper(grain), 0, bucket, dim, sum(n) from tallies where grain in ('d', 'm', 'y', 'a') group by measure, grain, bucket, dim;
