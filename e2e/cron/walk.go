package main

import (
	"strings"
	"time"
)

// Question asks for the starts after From and up to Until, both in seconds since 1970.
type Question struct {
	Expression string    `json:"expression"`
	From       int64     `json:"from"`
	Until      int64     `json:"until"`
	Releases   []Release `json:"releases"`
}

// Answer has what each release says.
type Answer struct {
	By map[Release]Walk `json:"by"`
	// Fraction tells of an @every that is no whole number of seconds.
	Fraction bool `json:"fraction,omitempty"`
}

// Walk is a schedule from start to start.
type Walk struct {
	Refused string `json:"refused,omitempty"`
	// Never tells that no start was found in 17 years.
	Never bool `json:"never,omitempty"`
	// Runs counts the starts.
	Runs int `json:"runs"`
	// Cut tells that there were more, and that the walk ended early: an @every of seconds.
	Cut bool `json:"cut,omitempty"`
	// Gap is the longest time between two starts, in seconds, first found between GapFrom and GapTo.
	Gap     int64 `json:"gap"`
	GapFrom int64 `json:"gapFrom"`
	GapTo   int64 `json:"gapTo"`
	// Windows are starts one by one: all of them, or, where they are many, those around the leap day and the changes of the clock.
	Windows []Window `json:"windows,omitempty"`
	// Added and Missing are starts that robfig/cron v3 has not, or has alone; the first of them.
	Added   []int64 `json:"added,omitempty"`
	Missing []int64 `json:"missing,omitempty"`
	// sum depends on every start.
	sum uint64
}

// Window has the first starts after a moment.
type Window struct {
	After  int64   `json:"after"`
	Starts []int64 `json:"starts"`
}

const (
	// mostEvery is how far an @every of seconds is followed.
	mostEvery = 20_000
	// listed is up to how many starts all are listed: weekly ones for two years.
	listed = 110
	// shown is how many starts a window has, where not all are listed.
	shown = 20
	// mostDifferences is enough to see what differs.
	mostDifferences = 40
)

func answer(question Question) Answer {
	result := Answer{By: map[Release]Walk{}, Fraction: hasFraction(question.Expression)}
	from, until := time.Unix(question.From, 0).UTC(), time.Unix(question.Until, 0).UTC()
	for _, release := range question.Releases {
		result.By[release] = walkOf(release, question.Expression, from, until)
	}
	base, asked := result.By[robfig3]
	for _, release := range question.Releases {
		if walk := result.By[release]; asked && walk.Refused == "" && base.Refused == "" && walk.sum != base.sum {
			walk.Added, walk.Missing = differences(release, question.Expression, from, until)
			result.By[release] = walk
		}
	}
	return result
}

func walkOf(release Release, expression string, from, until time.Time) Walk {
	schedule, err := parse(release, expression)
	if err != nil {
		return Walk{Refused: err.Error()}
	}
	if after(schedule, from).IsZero() {
		return Walk{Never: true}
	}
	walk := Walk{}
	starts := []int64{}
	every := strings.Contains(expression, "@every")
	previous := time.Time{}
	for start := after(schedule, from); !start.IsZero() && !start.After(until); start = after(schedule, start) {
		if every && walk.Runs == mostEvery {
			walk.Cut = true
			break
		}
		walk.Runs++
		walk.sum = walk.sum*1_000_003 + uint64(start.Unix())
		if gap := start.Unix() - previous.Unix(); !previous.IsZero() && gap > walk.Gap {
			walk.Gap, walk.GapFrom, walk.GapTo = gap, previous.Unix(), start.Unix()
		}
		if walk.Runs <= listed {
			starts = append(starts, start.Unix())
		}
		previous = start
	}
	walk.Windows = []Window{{from.Unix(), starts}}
	if walk.Runs > listed {
		walk.Windows = windowsOf(schedule, expression, from, until)
	}
	return walk
}

// after goes on where a parser gives up, which it does after five calendar years: February 29 is eight years away in 2096.
func after(schedule Schedule, from time.Time) time.Time {
	start := schedule.Next(from)
	for years := 4; start.IsZero() && years <= 12; years += 4 {
		start = schedule.Next(from.AddDate(years, 0, 0))
	}
	return start
}

func windowsOf(schedule Schedule, expression string, from, until time.Time) []Window {
	moments := []time.Time{from}
	for year := from.Year(); year <= until.Year(); year++ {
		if leapEve := time.Date(year, 2, 28, 23, 50, 0, 0, time.UTC); leapEve.AddDate(0, 0, 1).Day() == 29 {
			moments = append(moments, leapEve)
		}
	}
	for _, change := range changesBetween(zoneOf(expression), from, until) {
		for _, before := range []time.Duration{25 * time.Hour, 3 * time.Hour, 10 * time.Minute} {
			moments = append(moments, time.Unix(change.At, 0).UTC().Add(-before))
		}
	}
	windows := []Window{}
	for _, moment := range moments {
		window := Window{After: moment.Unix()}
		for start := after(schedule, moment); len(window.Starts) < shown; start = after(schedule, start) {
			window.Starts = append(window.Starts, start.Unix())
		}
		windows = append(windows, window)
	}
	return windows
}

// differences are the starts that a release has and robfig/cron v3 has not, and the other way round.
func differences(release Release, expression string, from, until time.Time) (added, missing []int64) {
	schedule, _ := parse(release, expression)
	base, _ := parse(robfig3, expression)
	mine, others := after(schedule, from), after(base, from)
	within := func(start time.Time) bool { return !start.IsZero() && !start.After(until) }
	for (within(mine) || within(others)) && len(added)+len(missing) < mostDifferences {
		switch {
		case !within(others) || within(mine) && mine.Before(others):
			added = append(added, mine.Unix())
			mine = after(schedule, mine)
		case !within(mine) || others.Before(mine):
			missing = append(missing, others.Unix())
			others = after(base, others)
		default:
			mine, others = after(schedule, mine), after(base, others)
		}
	}
	return added, missing
}

func hasFraction(expression string) bool {
	_, text, every := strings.Cut(expression, "@every ")
	interval, err := time.ParseDuration(text)
	return every && err == nil && interval%time.Second != 0
}
