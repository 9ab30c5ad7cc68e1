-- The segmentation of BenchmarkSegment as SQL does it: the six criteria of
-- every group of 2026-11-21 (day 20778), the score against the groups of its
-- kind, segments by quota, and the items written.

-- Lines of the year before last and the last by service, and those without a
-- year of the last 24 calendar months (from 20058, 2024-12-01).
CREATE TEMP TABLE yearly AS
WITH service AS (
	SELECT c.group_id, l.service_id, MIN(l.day) AS first, SUM(l.cents) AS total,
		SUM(CASE WHEN l.service_year = 2025 THEN l.cents ELSE 0 END) AS last,
		SUM(CASE WHEN l.service_year = 2024 THEN l.cents ELSE 0 END) AS before,
		SUM(CASE WHEN l.service_year = 0 AND l.day >= 20058 THEN l.cents ELSE 0 END) AS undated,
		SUM(CASE WHEN l.day >= 20058 THEN l.cents ELSE 0 END) AS recent,
		-- What was billed for or in each of the years in which a row of three can lie.
		SUM(CASE WHEN l.service_year = 2026 OR l.service_year = 0 AND l.day >= 20454 THEN l.cents ELSE 0 END) AS y2026,
		SUM(CASE WHEN l.service_year = 2025 OR l.service_year = 0 AND l.day BETWEEN 20089 AND 20453 THEN l.cents ELSE 0 END) AS y2025,
		SUM(CASE WHEN l.service_year = 2024 OR l.service_year = 0 AND l.day BETWEEN 19723 AND 20088 THEN l.cents ELSE 0 END) AS y2024,
		SUM(CASE WHEN l.service_year = 2023 OR l.service_year = 0 AND l.day BETWEEN 19358 AND 19722 THEN l.cents ELSE 0 END) AS y2023,
		SUM(CASE WHEN l.service_year = 2022 OR l.service_year = 0 AND l.day BETWEEN 18993 AND 19357 THEN l.cents ELSE 0 END) AS y2022
	FROM client c
	JOIN invoice_line l ON l.client_id = c.id
	WHERE l.day <= 20778
	GROUP BY c.group_id, l.service_id
), all_services AS (
	SELECT group_id, MIN(first) AS first, SUM(total) AS total, SUM(CASE WHEN last >= .5 * before THEN last ELSE before END) AS dated,
		SUM(undated) AS undated, SUM(service_id <> 0 AND recent > 0) AS services, SUM(y2026) AS y2026, SUM(y2025) AS y2025,
		SUM(y2024) AS y2024, SUM(y2023) AS y2023, SUM(y2022) AS y2022
	FROM service
	GROUP BY group_id
), aged AS (
	SELECT *, (2026 - strftime('%Y', first * 86400, 'unixepoch')) * 12 + 11 - strftime('%m', first * 86400, 'unixepoch') + 1 AS months
	FROM all_services
)
SELECT group_id, months,
	CAST(CASE WHEN months < 24 THEN round(total * 12. / months) ELSE dated + round(undated / 2.) END AS INTEGER) AS cents,
	services >= 3 AS services,
	CASE WHEN y2026 > 0 THEN y2025 > 0 AND y2024 > 0
		WHEN y2025 > 0 THEN y2024 > 0 AND y2023 > 0
		ELSE y2024 > 0 AND y2023 > 0 AND y2022 > 0 END AS repeats
FROM aged;

CREATE UNIQUE INDEX yearly_group ON yearly (group_id);

CREATE TEMP TABLE judged AS
SELECT group_id, MAX(CASE WHEN criterion = 'strategic' THEN value END) AS strategic,
	MAX(CASE WHEN criterion = 'stability' THEN value END) AS stability, MAX(CASE WHEN criterion = 'creation' THEN value END) AS creation,
	MAX(CASE WHEN criterion = 'partnership' THEN value END) AS partnership
FROM (SELECT group_id, criterion, value, MAX(id) FROM judgement GROUP BY group_id, criterion)
GROUP BY group_id;

CREATE UNIQUE INDEX judged_group ON judged (group_id);

CREATE TEMP TABLE criteria AS
WITH of AS (SELECT group_id, MAX(kind) AS kind FROM client GROUP BY group_id),
	cost AS (SELECT c.group_id, SUM(h.cents) AS cents FROM client c JOIN hours h ON h.client_id = c.id WHERE h.day > 20048 AND h.day <= 20778 GROUP BY c.group_id)
SELECT g.id AS group_id, of.kind, y.cents AS revenue,
	CASE WHEN k.cents IS NULL THEN NULL ELSE y.cents - CAST(round(k.cents * 12. / CASE WHEN y.months < 24 THEN y.months ELSE 24 END) AS INTEGER) END AS margin,
	j.strategic, 100. * ((y.repeats + y.services + (j.partnership >= 3)) / 3.) AS loyalty, j.stability, j.creation
FROM client_group g
JOIN of ON of.group_id = g.id
LEFT JOIN yearly y ON y.group_id = g.id
LEFT JOIN cost k ON k.group_id = g.id
LEFT JOIN judged j ON j.group_id = g.id
WHERE g.merged_into IS NULL;

-- Of each kind and criterion the median of what is known, and s of it.
CREATE TEMP TABLE median AS
WITH known AS (
	SELECT kind, 'margin' AS criterion, margin AS v FROM criteria WHERE revenue > 0 AND margin IS NOT NULL
	UNION ALL SELECT kind, 'strategic', strategic FROM criteria WHERE revenue > 0 AND strategic IS NOT NULL
	UNION ALL SELECT kind, 'loyalty', loyalty FROM criteria WHERE revenue > 0 AND loyalty IS NOT NULL
	UNION ALL SELECT kind, 'stability', stability FROM criteria WHERE revenue > 0 AND stability IS NOT NULL
	UNION ALL SELECT kind, 'creation', creation FROM criteria WHERE revenue > 0 AND creation IS NOT NULL
), placed AS (
	SELECT kind, criterion, v, row_number() OVER (PARTITION BY kind, criterion ORDER BY v) AS place,
		COUNT(*) OVER (PARTITION BY kind, criterion) AS n
	FROM known
)
SELECT kind, criterion, n, AVG(v) AS v FROM placed WHERE place IN ((n + 1) / 2, n / 2 + 1) GROUP BY kind, criterion;

ALTER TABLE median ADD COLUMN s REAL;
UPDATE median SET s = CASE criterion WHEN 'loyalty' THEN v ELSE 25 * v END;
UPDATE median SET s = 100 * ((place.below + (place.equal + 1) / 2.) / (n + 1))
FROM (
	SELECT m.kind, SUM(c.margin < m.v) AS below, SUM(c.margin = m.v) AS equal
	FROM criteria c
	JOIN median m ON m.kind = c.kind AND m.criterion = 'margin'
	WHERE c.revenue > 0 AND c.margin IS NOT NULL
	GROUP BY m.kind
) place
WHERE place.kind = median.kind AND criterion = 'margin';

INSERT INTO segment_version (id, as_of, made) VALUES (:version, 20778, 0);

INSERT INTO segment_item (version_id, group_id, score, coverage, segment, yearly)
WITH ranked AS (
	SELECT *,
		rank() OVER revenues - 1 AS revenue_below, COUNT(*) OVER revenues AS revenue_upto, COUNT(*) OVER (PARTITION BY kind) AS n,
		rank() OVER margins - 1 AS margin_below, COUNT(*) OVER margins AS margin_upto
	FROM criteria
	WHERE revenue > 0
	WINDOW revenues AS (PARTITION BY kind ORDER BY revenue), margins AS (PARTITION BY kind, margin IS NULL ORDER BY margin)
), scored AS (
	SELECT r.group_id, r.revenue,
		round(10 * ((30 * ((r.revenue_below + (r.revenue_upto - r.revenue_below) / 2.) / r.n * 100)
		+ 20 * CASE WHEN r.margin IS NULL THEN m.s ELSE (r.margin_below + (r.margin_upto - r.margin_below) / 2.) / m.n * 100 END
		+ 20 * COALESCE(r.strategic * 25., t.s) + 15 * COALESCE(r.loyalty, l.s)
		+ 10 * COALESCE(r.stability * 25., b.s) + 5 * COALESCE(r.creation * 25., w.s)) / 100)) / 10 AS score,
		(30 + 20 * (r.margin IS NOT NULL) + 20 * (r.strategic IS NOT NULL) + 15 * (r.loyalty IS NOT NULL)
		+ 10 * (r.stability IS NOT NULL) + 5 * (r.creation IS NOT NULL)) / 100. AS coverage
	FROM ranked r
	JOIN median m ON m.kind = r.kind AND m.criterion = 'margin'
	JOIN median t ON t.kind = r.kind AND t.criterion = 'strategic'
	JOIN median l ON l.kind = r.kind AND l.criterion = 'loyalty'
	JOIN median b ON b.kind = r.kind AND b.criterion = 'stability'
	JOIN median w ON w.kind = r.kind AND w.criterion = 'creation'
), ordered AS (
	-- A run of equal scores goes where its middle lies.
	SELECT *, rank() OVER scores - 1 + (COUNT(*) OVER scores - rank() OVER scores + 2) / 2 AS middle, COUNT(*) OVER () AS n
	FROM scored
	WINDOW scores AS (ORDER BY score DESC)
)
SELECT :version, c.group_id, COALESCE(o.score, 0), COALESCE(o.coverage, 0),
	CASE WHEN o.middle IS NULL THEN '' WHEN o.middle <= max(1, round(.05 * o.n)) THEN 'A' WHEN o.middle <= round(.2 * o.n) THEN 'B'
		WHEN o.middle <= round(.5 * o.n) THEN 'C' ELSE 'D' END, c.revenue
FROM criteria c
LEFT JOIN ordered o ON o.group_id = c.group_id
ORDER BY c.group_id;

DROP TABLE yearly;
DROP TABLE judged;
DROP TABLE criteria;
DROP TABLE median;
