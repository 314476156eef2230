package main

import (
	"regexp"
	"sort"
	"time"
)

// Change is a moment at which a clock is set. Seconds since 1970, seconds ahead of UTC.
type Change struct {
	At     int64 `json:"at"`
	Before int   `json:"before"`
	After  int   `json:"after"`
}

var zonePrefix = regexp.MustCompile(`^(?:CRON_)?TZ=(\S+) `)

// zoneOf is the zone of an expression that a parser took.
func zoneOf(expression string) *time.Location {
	if prefix := zonePrefix.FindStringSubmatch(expression); prefix != nil {
		if zone, err := time.LoadLocation(prefix[1]); err == nil {
			return zone
		}
	}
	return time.UTC
}

// changesOf tells null for a zone that Go does not know.
func changesOf(zone string, fromYear, untilYear int) []Change {
	location, err := time.LoadLocation(zone)
	if err != nil {
		return nil
	}
	return changesBetween(location, time.Date(fromYear, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(untilYear, 1, 1, 0, 0, 0, 0, time.UTC))
}

// changesBetween looks at each day. Not by ZoneBounds: it ends where it began on December 31 of leap years, in Go 1.26.
func changesBetween(zone *time.Location, from, until time.Time) []Change {
	changes := []Change{}
	offset := func(at int64) int { _, seconds := time.Unix(at, 0).In(zone).Zone(); return seconds }
	for day := from.Unix(); day < until.Unix(); day += 86400 {
		before, after := offset(day), offset(day+86400)
		if before != after {
			second := sort.Search(86400, func(second int) bool { return offset(day+int64(second)) != before })
			changes = append(changes, Change{day + int64(second), before, after})
		}
	}
	return changes
}
