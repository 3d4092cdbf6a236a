"""The queries behind the facts: column names are the fields of the facts; `{…}` limits them to one place.

Of a query with two grouping sets the first column says to which a row belongs. `OFFSET 0` keeps the planner from
working out a commitment's month anew for each of its allocations.
"""
# ruff: noqa: S608  what is put together here are names of our own; every value is a parameter

_MONTH = "WIDTH_BUCKET({moment}, %(months)s::timestamptz[])"
_DISTRICT = "LEFT({region}, %(district_length)s)"
_TYPE = "t.program_id AS program, t.code AS aid_type"

_NEEDS = f"""
    SELECT n.id, n.aid_type_id, n.region_id, n.unit_value, COALESCE(s.kind, %(rw)s) AS recipient_kind,
           {_DISTRICT.format(region="n.region_id")} AS district
    FROM programs_need n
    LEFT JOIN regions_site s ON s.id = n.site_id
"""
_COMMITMENTS = f"""
    SELECT c.id, c.aid_type_id, c.unit_value, c.accepted_at, o.collaborator_kind,
           {_MONTH.format(moment="c.accepted_at")} AS committed
    FROM donations_commitment c
    JOIN donations_pledge p ON p.id = c.pledge_id
    JOIN accounts_organisation o ON o.id = p.collaborator_id
"""

ALLOCATED = f"""
SELECT {_TYPE}, t.kind = 'money' AS is_money, f.*
FROM (
    SELECT c.aid_type_id, c.collaborator_kind, n.recipient_kind, c.unit_value, n.district, c.committed,
           CASE WHEN a.created_at <= c.accepted_at THEN c.committed
                ELSE {_MONTH.format(moment="a.created_at")} END AS month,
           SUM(a.quantity - a.released) AS allocated, SUM(a.received) AS delivered, SUM(a.verified) AS verified
    FROM donations_allocation a
    JOIN ({_NEEDS} WHERE {{needs}} OFFSET 0) n ON n.id = a.need_id
    JOIN ({_COMMITMENTS} OFFSET 0) c ON c.id = a.commitment_id
    WHERE a.state = %(reserved)s
    GROUP BY 1, 2, 3, 4, 5, 6, 7
) f JOIN programs_aidtype t ON t.id = f.aid_type_id
"""

PROMISED = f"""
SELECT f.is_second, {_TYPE}, t.kind = 'money' AS is_money, f.*
FROM (
    SELECT GROUPING(collaborator_kind) AS is_second, aid_type_id, collaborator_kind, recipient_kind, unit_value,
           district, month, collaborator, COUNT(*) AS commitments, SUM(unallocated) AS unallocated
    FROM (
        SELECT c.aid_type_id, c.unit_value, p.collaborator_id AS collaborator, o.collaborator_kind,
               CASE WHEN s.id IS NOT NULL THEN s.kind
                    WHEN LENGTH(c.region_id) >= %(rw_length)s THEN %(rw)s ELSE %(open)s END AS recipient_kind,
               {_DISTRICT.format(region="c.region_id")} AS district,
               {_MONTH.format(moment="c.accepted_at")} AS month,
               c.quantity - c.cancelled - c.reserved AS unallocated
        FROM donations_commitment c
        JOIN donations_pledge p ON p.id = c.pledge_id
        JOIN accounts_organisation o ON o.id = p.collaborator_id
        LEFT JOIN regions_site s ON s.id = c.site_id
        WHERE c.state = ANY(%(committed)s) AND {{commitments}}
    ) g
    GROUP BY GROUPING SETS (
        (aid_type_id, collaborator_kind, recipient_kind, unit_value, district, month), (aid_type_id, collaborator)
    )
) f JOIN programs_aidtype t ON t.id = f.aid_type_id
"""

NEEDED = f"""
SELECT f.is_second, {_TYPE}, f.*
FROM (
    SELECT GROUPING(district) AS is_second, aid_type_id, district, region, recipient_kind, people_kind, unit_value,
           month, COUNT(*) AS needs, SUM(target) AS target, SUM(covered) AS covered, SUM(verified) AS verified,
           SUM(people_reached) AS people_reached
    FROM (
        SELECT n.aid_type_id, n.region_id AS region, {_DISTRICT.format(region="n.region_id")} AS district,
               COALESCE(s.kind, %(rw)s) AS recipient_kind, n.people_kind, n.unit_value,
               {_MONTH.format(moment="n.published_at")} AS month,
               CASE WHEN n.state = %(closed)s THEN n.reserved ELSE n.target END AS target,
               LEAST(n.received, n.target) AS covered, n.verified,
               TRUNC(n.people::numeric * LEAST(n.received, n.target) / n.target) AS people_reached
        FROM programs_need n
        LEFT JOIN regions_site s ON s.id = n.site_id
        WHERE n.published_at IS NOT NULL AND {{needs}}
    ) g
    GROUP BY GROUPING SETS (
        (aid_type_id, district, recipient_kind, people_kind, unit_value, month),
        (aid_type_id, region, recipient_kind, unit_value, month)
    )
    HAVING GROUPING(region) = 1 OR recipient_kind = %(rw)s
) f JOIN programs_aidtype t ON t.id = f.aid_type_id
"""

ARRIVED = f"""
SELECT f.is_second, {_TYPE}, f.*
FROM (
    SELECT GROUPING(district) AS is_second, aid_type_id, collaborator_kind, recipient_kind, district, region,
           CASE WHEN GROUPING(district) = 1 THEN need_value ELSE unit_value END AS unit_value, month,
           SUM(good) AS delivered, COALESCE(SUM(good) FILTER (WHERE state = %(verified)s), 0) AS verified
    FROM (
        SELECT n.aid_type_id, n.region_id AS region, n.district, n.recipient_kind, n.unit_value AS need_value,
               c.unit_value, c.collaborator_kind, {_MONTH.format(moment="h.arrived_at")} AS month, l.good, h.state
        FROM donations_handover h
        JOIN donations_delivery d ON d.id = h.delivery_id
        JOIN donations_handoverline l ON l.handover_id = h.id
        JOIN donations_deliveryline dl ON dl.id = l.delivery_line_id
        JOIN donations_allocation a ON a.id = dl.allocation_id
        JOIN ({_NEEDS}) n ON n.id = a.need_id
        JOIN ({_COMMITMENTS}) c ON c.id = a.commitment_id
        WHERE h.state = ANY(%(in_force)s) AND {{deliveries}}
    ) g
    GROUP BY GROUPING SETS (
        (aid_type_id, collaborator_kind, recipient_kind, district, unit_value, month),
        (aid_type_id, region, recipient_kind, need_value, month)
    )
    HAVING GROUPING(region) = 1 OR recipient_kind = %(rw)s
) f JOIN programs_aidtype t ON t.id = f.aid_type_id
"""

REPORTED = f"""
SELECT d.program_id AS program, {_DISTRICT.format(region="d.region_id")} AS district,
       {_MONTH.format(moment="h.arrived_at")} AS month,
       COUNT(*) FILTER (WHERE h.state = %(verified)s) AS verified,
       COUNT(*) FILTER (WHERE h.state <> %(verified)s) AS waiting
FROM donations_handover h JOIN donations_delivery d ON d.id = h.delivery_id
WHERE h.state = ANY(%(in_force)s) AND {{deliveries}}
GROUP BY 1, 2, 3
"""
