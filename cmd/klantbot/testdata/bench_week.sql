-- What planning a week needs besides the office of bench_office.sql: :managers
-- managers, a final segmentation of a year ago, moments of the last year, answers
-- by name, and what few groups have. Day 20778 is 2026-11-21.
CREATE TEMP TABLE n AS
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :groups)
SELECT i, i * 7368787 % 1000003 % 1000000 AS r FROM n;

WITH RECURSIVE m(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM m WHERE i < :managers)
INSERT INTO manager (id, name, email) SELECT i, 'Manager ' || i, 'rm' || i || '@kantoor.example' FROM m;
UPDATE client_group SET manager_id = 1 + id % :managers, partner_id = 1 + id % (:managers / 5 + 1);

INSERT INTO segment_version (id, as_of, made) VALUES (1, 20413, 0);
INSERT INTO segment_item (version_id, group_id, score, coverage, segment, yearly)
SELECT 1, i, 50, 1, CASE WHEN r % 100 < 5 THEN 'A' WHEN r % 100 < 20 THEN 'B' WHEN r % 100 < 50 THEN 'C' ELSE 'D' END, 100000 FROM n;
INSERT INTO override (version_id, group_id, segment, reason, at) SELECT 1, i, 'A', 'strategisch', 0 FROM n WHERE i % 500 = 0;
UPDATE segment_version SET state = 'definitief', final_by = 'U1', final_at = 1763712000000 WHERE id = 1;

-- Half of the groups had one to three moments in the last year, the first of all a year ago.
INSERT INTO touch (touch_id, version, group_id, kind, day, manager_id, at)
SELECT 3 * i + k.n, 1, i, k.kind, 20413 + (r * 7 + k.n * 131) % 360, 1 + i % :managers, 1763712000000
FROM n, (SELECT 0 AS n, 'telefoongesprek' AS kind UNION ALL SELECT 1, 'bezoek' UNION ALL SELECT 2, 'e-mail') k
WHERE i % 2 = 0 AND k.n <= r % 3;

-- One group in fifty answered a survey by name last month, a third of them low.
INSERT INTO survey_wave (id, name, audience, disclosure, scale, salt, day, at) VALUES (1, 'Klanten 2026', 'klanten', 'op naam', 5, 'x', 20750, 0);
INSERT INTO survey_response (id, wave_id, content, day, client_id, nps, import_id) SELECT i, 1, 'x', 20740 + r % 20, i, 5 + r % 6, 1 FROM n WHERE i % 50 = 7;
INSERT INTO survey_score (response_id, kind, name, importance, performance)
SELECT r.id, 'thema', t.value, 3, 4 FROM survey_response r, json_each('["groei","personeel","opvolging","financiering"]') t;

INSERT INTO attention_mark (group_id, activity, period, version, state, until, at) SELECT i, 'telefoongesprek', 20727, 1, 'later', 20800, 0 FROM n WHERE i % 300 = 1;
INSERT INTO attention_own (group_id, version, lines, at)
SELECT i, 1, '[{"segment":"A","activity":"telefoongesprek","kind":"periodiek","touch":"telefoongesprek","times":2,"role":"relatiemanager","minutes":15}]', 0 FROM n WHERE i % 1000 = 2;
INSERT INTO occasion (group_id, kind, day, at) SELECT i, 'overname', 20770 + r % 20, 0 FROM n WHERE i % 1000 = 3;

UPDATE office SET names_version = names_version + 1;
DROP TABLE n;
ANALYZE;
