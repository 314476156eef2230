package main

import (
	"fmt"
	"time"

	fork "github.com/netresearch/go-cron"
	v1 "github.com/robfig/cron"
	v3 "github.com/robfig/cron/v3"
)

// Schedule is what all three parsers return.
type Schedule interface{ Next(time.Time) time.Time }

// Release names a parser by a release of Velero that has it.
type Release string

const (
	robfig1 Release = "1.14.1"
	robfig3 Release = "1.17.2"
	goCron  Release = "1.18.3"
)

// parsers are called as pkg/controller/schedule_controller.go, parseCronSchedule, of each release does.
var parsers = map[Release]func(string) (Schedule, error){
	robfig1: func(expression string) (Schedule, error) { return v1.ParseStandard(expression) },
	robfig3: func(expression string) (Schedule, error) { return v3.ParseStandard(expression) },
	goCron:  func(expression string) (Schedule, error) { return fork.ParseStandard(expression) },
}

// parse takes a panic for a refusal, as Velero does.
func parse(release Release, expression string) (schedule Schedule, err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("panic: %v", panicked)
		}
	}()
	if expression == "" {
		return nil, fmt.Errorf("schedule must be a non-empty valid Cron expression")
	}
	return parsers[release](expression)
}
