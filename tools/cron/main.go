// What Velero's own cron parsers say, as test vectors for src/cron and src/schedule.
//
//	go run . vectors DIR            handwritten and seeded random expressions: parse.json, runs.json, gaps.json
//	go run . random SEED COUNT      random expressions with the runs of two years and their longest gap, one JSON object a line
//	go run . zones                  the names of the time zones that Go knows
//
// Velero < 1.15 parses with robfig/cron v1.1.0, < 1.18.3 with v3.0.1, from there on with netresearch/go-cron v0.15.0
// (go.mod and pkg/controller/schedule_controller.go of each release).
package main

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"log"
	"math/rand"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"sort"
	"strconv"
	"strings"
	"time"

	fork "github.com/netresearch/go-cron"
	v1 "github.com/robfig/cron"
	v3 "github.com/robfig/cron/v3"
)

type schedule interface{ Next(time.Time) time.Time }

var libraries = []func(string) (schedule, error){
	func(expression string) (schedule, error) { return v1.ParseStandard(expression) },
	func(expression string) (schedule, error) { return v3.ParseStandard(expression) },
	func(expression string) (schedule, error) { return fork.ParseStandard(expression) },
}

// parse returns nil for what Velero puts into phase FailedValidation: it recovers from panics of the parser.
func parse(library int, expression string) (parsed schedule) {
	defer func() {
		if recover() != nil {
			parsed = nil
		}
	}()
	parsed, err := libraries[library](expression)
	if err != nil {
		return nil
	}
	return parsed
}

// Parsed tells which library accepts an expression (robfig v1.1.0, v3.0.1, go-cron v0.15.0) and which means the same days as v3.0.1.
type Parsed struct {
	Expression string  `json:"expression"`
	Accepted   [3]bool `json:"accepted"`
	SameDays   [3]bool `json:"sameDays"`
	Never      bool    `json:"never,omitempty"`
}

// Runs are the starts by v3.0.1 in minutes: the first since 1970, the others since the one before.
type Runs struct {
	Expression string  `json:"expression"`
	After      int64   `json:"after"`
	Minutes    []int64 `json:"minutes"`
}

// Gap is the longest time between two starts, found by walking all of them.
type Gap struct {
	Expression string `json:"expression"`
	Seconds    int64  `json:"seconds"`
}

var (
	horizonStart = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	horizonEnd   = time.Date(2105, 1, 1, 0, 0, 0, 0, time.UTC)
)

func judge(expression string) Parsed {
	result := Parsed{Expression: expression}
	var days [3]string
	for library := range libraries {
		parsed := parse(library, expression)
		result.Accepted[library] = parsed != nil
		days[library] = daysOf(library, expression)
		if library == 1 && parsed != nil {
			result.Never = parsed.Next(horizonStart).IsZero()
		}
	}
	for library := range libraries {
		result.SameDays[library] = result.Accepted[library] && result.Accepted[1] && days[library] == days[1]
	}
	return result
}

var zonePrefix = regexp.MustCompile(`^(CRON_)?TZ=\S+ +`)

// daysOf lists 28 years of matching days: a full cycle of weekdays and leap years. Zones are left out: their days are the same.
func daysOf(library int, expression string) string {
	fields := strings.Fields(zonePrefix.ReplaceAllString(expression, ""))
	if len(fields) != 5 {
		return expression
	}
	parsed := parse(library, "0 0 "+strings.Join(fields[2:], " "))
	if parsed == nil {
		return ""
	}
	var days strings.Builder
	for at := parsed.Next(horizonStart.Add(-time.Second)); !at.IsZero() && at.Year() < 2052; at = parsed.Next(at) {
		days.WriteString(strconv.FormatInt(at.Unix()/86400, 36))
	}
	return days.String()
}

func runsOf(expression string, after time.Time, count int, until time.Time) Runs {
	runs := Runs{Expression: expression, After: after.UnixMilli(), Minutes: []int64{}}
	parsed := parse(1, expression)
	previous := int64(0)
	for at := parsed.Next(after); !at.IsZero() && at.Before(until) && len(runs.Minutes) < count; at = parsed.Next(at) {
		runs.Minutes = append(runs.Minutes, at.Unix()/60-previous)
		previous = at.Unix() / 60
	}
	return runs
}

func gapOf(expression string, start, end time.Time) Gap {
	parsed := parse(1, expression)
	longest := int64(0)
	previous := parsed.Next(start.Add(-time.Second))
	for {
		at := parsed.Next(previous)
		for from := previous; at.IsZero(); at = parsed.Next(from) { // it gives up after five years
			from = from.AddDate(4, 0, 0)
		}
		if at.After(end) {
			return Gap{expression, longest}
		}
		longest = max(longest, int64(at.Sub(previous).Seconds()))
		previous = at
	}
}

// accepted is what CronExpression.of takes: what every library takes, where a time zone excuses v1.1.0.
func accepted(p Parsed) bool {
	zoned := zonePrefix.MatchString(p.Expression)
	return p.Accepted[1] && p.Accepted[2] && (p.Accepted[0] || zoned) && !p.Never
}

func vectors(directory string) {
	random := rand.New(rand.NewSource(20241124))
	expressions := append([]string{}, handwritten...)
	for i := 0; i < 450; i++ {
		expressions = append(expressions, randomExpression(random))
	}
	parsed, runs, gaps := []Parsed{}, []Runs{}, []Gap{}
	for _, expression := range expressions {
		p := judge(expression)
		parsed = append(parsed, p)
		if !accepted(p) || strings.Contains(expression, "@every") {
			continue
		}
		runs = append(runs, runsOf(expression, randomInstant(random), 20, horizonEnd))
		if zonePrefix.MatchString(expression) {
			for _, transition := range transitionsOf(zoneOf(expression)) {
				runs = append(runs, runsOf(expression, transition.Add(-26*time.Hour), 8, horizonEnd))
			}
		}
	}
	for _, expression := range append(append([]string{}, gapExpressions...), sparse(random, 160)...) {
		gaps = append(gaps, gapOf(expression, horizonStart, horizonEnd))
	}
	write(filepath.Join(directory, "parse.json"), parsed)
	write(filepath.Join(directory, "runs.json"), runs)
	write(filepath.Join(directory, "gaps.json"), gaps)
}

func zoneOf(expression string) *time.Location {
	location, err := time.LoadLocation(expression[strings.Index(expression, "=")+1 : strings.Index(expression, " ")])
	if err != nil {
		log.Fatal(err)
	}
	return location
}

// transitionsOf finds the changes of a zone's offset in 2026 and 2027.
func transitionsOf(zone *time.Location) []time.Time {
	found := []time.Time{}
	offset := func(at time.Time) int { _, seconds := at.In(zone).Zone(); return seconds }
	for at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2028; at = at.Add(30 * time.Minute) {
		if offset(at) != offset(at.Add(30*time.Minute)) {
			found = append(found, at.Add(30*time.Minute))
		}
	}
	return found
}

// sparse makes expressions with few starts, whose gaps can be walked for 80 years, half of them in a time zone.
func sparse(random *rand.Rand, count int) []string {
	found := []string{}
	for len(found) < count {
		hours := []string{"2", "0,12", "*/6", "1-3", "23", "2,3"}[random.Intn(6)]
		minute := strconv.Itoa(random.Intn(60))
		expression := strings.Join([]string{minute, hours, randomField(random, 1, 31, nil), randomField(random, 1, 12, months), randomField(random, 0, 6, weekdays)}, " ")
		if random.Intn(2) == 0 {
			expression = "CRON_TZ=" + zones[random.Intn(len(zones))] + " " + expression
		}
		if accepted(judge(expression)) {
			found = append(found, expression)
		}
	}
	return found
}

func randomInstant(random *rand.Rand) time.Time {
	return horizonStart.Add(time.Duration(random.Int63n(int64(5 * 365 * 24 * time.Hour)))).Truncate(time.Millisecond)
}

// Bulk is one expression of a comparison that is too big for a test suite: all runs of two years, at most 3,000, and the longest
// gap from 2024 to 2104, unless starts are many.
type Bulk struct {
	Parsed Parsed `json:"parsed"`
	Runs   *Runs  `json:"runs,omitempty"`
	Until  int64  `json:"until,omitempty"`
	Gap    int64  `json:"gap,omitempty"`
	Exact  bool   `json:"exact,omitempty"`
}

func bulk(seed int64, count int) {
	random := rand.New(rand.NewSource(seed))
	lines := json.NewEncoder(os.Stdout)
	for range count {
		line := Bulk{Parsed: judge(randomExpression(random))}
		expression := line.Parsed.Expression
		if accepted(line.Parsed) {
			after := time.Date(2027+random.Intn(2), time.Month(1+random.Intn(12)), 1, 0, 0, 0, 0, time.UTC)
			until := after.AddDate(2, 0, 0)
			runs := runsOf(expression, after, 3000, until)
			line.Runs, line.Until, line.Exact = &runs, until.UnixMilli(), len(runs.Minutes) < 800
			if line.Exact {
				line.Gap = gapOf(expression, horizonStart, horizonEnd).Seconds
			}
		}
		if err := lines.Encode(line); err != nil {
			log.Fatal(err)
		}
	}
}

func zoneNames() []string {
	archive, err := zip.OpenReader(filepath.Join(runtime.GOROOT(), "lib", "time", "zoneinfo.zip"))
	if err != nil {
		log.Fatal(err)
	}
	defer archive.Close()
	names := []string{}
	for _, file := range archive.File {
		if !strings.HasSuffix(file.Name, "/") && file.Name != "Factory" {
			names = append(names, file.Name)
		}
	}
	sort.Strings(names)
	return names
}

func write(path string, rows any) {
	lines := []string{}
	raw, err := json.Marshal(rows)
	if err != nil {
		log.Fatal(err)
	}
	var each []json.RawMessage
	if err := json.Unmarshal(raw, &each); err != nil {
		log.Fatal(err)
	}
	for _, row := range each {
		lines = append(lines, string(row))
	}
	if err := os.WriteFile(path, []byte("[\n"+strings.Join(lines, ",\n")+"\n]\n"), 0o644); err != nil {
		log.Fatal(err)
	}
}

func main() {
	switch {
	case len(os.Args) == 3 && os.Args[1] == "vectors":
		vectors(os.Args[2])
	case len(os.Args) == 4 && os.Args[1] == "random":
		seed, _ := strconv.ParseInt(os.Args[2], 10, 64)
		count, _ := strconv.Atoi(os.Args[3])
		bulk(seed, count)
	case len(os.Args) == 2 && os.Args[1] == "zones":
		fmt.Println(strings.Join(zoneNames(), "\n"))
	default:
		log.Fatal("usage: cron vectors DIR | random SEED COUNT | zones")
	}
}
