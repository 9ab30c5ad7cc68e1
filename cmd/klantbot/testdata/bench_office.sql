-- An office of :groups relatiegroepen for BenchmarkSegment, by arithmetic
-- instead of chance, so that it is the same every time. Days count from
-- 1970-01-01; 20778 is 2026-11-21, the day of the segmentation.
CREATE TEMP TABLE n AS
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :groups)
-- r is between 0 and 999,999 and looks like chance; one in six is a foundation.
SELECT i, i * 7368787 % 1000003 % 1000000 AS r FROM n;

INSERT INTO client_group (id, number, name, manager_id, partner_id)
SELECT i, printf('%07d', i), 'Relatiegroep ' || i, 1 + r % 40, 1 + r % 10 FROM n;

-- Every tenth group has two clients.
INSERT INTO client (id, group_id, number, name, kind, sbi, fte, since)
SELECT i, i, printf('%07d', i), 'Klant ' || i || ' B.V.',
	CASE r % 6 WHEN 0 THEN 'stichting' WHEN 1 THEN 'particulier' WHEN 2 THEN 'zzp' ELSE 'mkb' END, '62', r % 50, 14610
FROM n;
INSERT INTO client (id, group_id, number, name, kind)
SELECT :groups + i, i, printf('%07dB', i), 'Beheer ' || i || ' B.V.', (SELECT kind FROM client WHERE id = i) FROM n WHERE i % 10 = 0;

-- Five lines a client: two services billed by their year, and a job. One group
-- in nine is new, one in fifty got credit notes only, one in forty left in 2022.
WITH RECURSIVE line(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM line WHERE k < 4),
	of AS (SELECT c.id, n.i, n.r, CASE WHEN n.r % 50 = 7 THEN -1 ELSE 1 END AS sign,
		CASE WHEN n.r % 40 = 3 THEN 19100 WHEN n.r % 9 = 4 THEN 20500 ELSE 19900 + n.r % 150 END AS first
		FROM client c JOIN n ON n.i = c.group_id)
INSERT INTO invoice_line (client_id, day, service_id, invoice, cents, source_id, occurrence, service_year, import_id)
SELECT id, first + CASE WHEN first = 20500 THEN 60 * k ELSE 190 * k END, CASE WHEN k = 4 THEN 3 + r % 6 ELSE 1 + k % 2 END, 'F',
	sign * (2000 + (r * 31 + k * 77777) % 100000 * (1 + (r + k) % 23)), 1, 1,
	CASE WHEN k = 4 THEN 0 ELSE 2023 + k / 2 + (first > 20000) END, 1
FROM of, line;

-- Half of the groups have hours, a fifth have been judged.
INSERT INTO hours (client_id, day, minutes, cents, source_id, occurrence, import_id)
SELECT i, 20500 + r % 200, 600, 1000 + r * 13 % 900000, 1, 1, 1 FROM n WHERE r % 7 < 4;
INSERT INTO judgement (group_id, criterion, value, at)
SELECT i, k.criterion, (r / 5 + k.n * 3) % 5, 0
FROM n, (SELECT 1 AS n, 'strategic' AS criterion UNION ALL SELECT 2, 'stability' UNION ALL SELECT 4, 'creation' UNION ALL SELECT 5, 'partnership') k
WHERE r % 5 = 0;

UPDATE office SET names_version = names_version + 1;
DROP TABLE n;
ANALYZE;
