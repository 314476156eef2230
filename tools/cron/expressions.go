package main

import (
	"fmt"
	"math/rand"
	"strconv"
	"strings"
)

var (
	months   = []string{"", "JAN", "feb", "Mar", "APR", "may", "JUN", "jul", "AUG", "SEP", "oct", "NOV", "DEC"}
	weekdays = []string{"SUN", "mon", "Tue", "WED", "thu", "FRI", "sat"}
	// Zones with a gap at 1, 2 and 3 o'clock, at midnight (Cairo, Beirut, Santiago, Havana), half an hour wide (Lord Howe), or none.
	zones = []string{
		"UTC", "Europe/Berlin", "Europe/London", "America/New_York", "America/St_Johns", "America/Santiago", "America/Havana",
		"Africa/Cairo", "Asia/Beirut", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Chatham",
		"Atlantic/Azores", "US/Eastern",
	}
)

var handwritten = []string{
	// accepted everywhere
	"* * * * *", "0 */6 * * *", "0 2 * * *", "0 4 * * 0", "*/30 * * * *", "17 2,8,14,20 * * *", "? ? ? ? ?", "0 0 1 1 *", "0 0 29 2 *", "0 0 31 * *",
	"0 0 1-7 * *", "5/15 * * * *", "1-10/3 * * * *", "0 0 * JAN-MAR mon-FRI", "0 0 * dec SUN", "0 0 * * 6", "1,1,1 * * * *", "1,,2 * * * *", ",3, * * * *",
	"+5 * * * *", "007 * * * *", "*-5 * * * *", "*-x-y * * * *", "*/1 * * * *", "?/2 * * * *", "*,5 * * * *", "0\t0 * * *", " 0 0 * * * ", "0  0  *  *  *",
	"0 0\u00a0* * *", "0 0\u0085* * *", "\u30000 0 * * *", "\n0 0 * * *\n", "0 23-23 * * *", "*/29 * * * *", "0 */12 * * *", "0 */23 * * *", "0 0 */30 * *", "0 0 * */11 *",
	"0 0 * * */6", "0 0 * * */7", "@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly", "@every 1s", "@every 90m", "@every 1h30m", "@every 5h0m0s",
	"@every 1.5h", "@every +1h", "@every 36000000ms", "@every 1000000000ns", "@every 60000000us", "@every 60000000\u00b5s", "@every 60000000\u03bcs", "@every 2562047h", "@every .5h", "@every 1.h",
	// accepted, but of one meaning before Velero 1.18.3 and another from there
	"0 0 1 * 0", "0 0 15 * FRI", "0 0 13 * 5", "0 0 1-31 * 1", "0 0 1 * 0-6", "0 0 1-31 * 0-6", "0 0 31 2 1", "0 0 30 2 0-6", "0 0 */2 * 1", "0 0 */2 * */2", "0 0 1 * */2", "0 0 */2,5 * 1",
	"0 0 *,5 * 1", "0 0 * * 1/2", "0 0 * * 1/3", "0 0 * * 2/5", "0 0 * * 3/2", "0 0 * * 0/2", "0 0 * * 0/7", "0 0 1 * 1/2", "0 0 * * 0,1/2", "0 0 */1 * 1", "0 0 ?/2 * 1", "0 0 1/2 * *", "0 0 * * 1/1", "0 0 * * 1/01",
	// refused by all or by some
	"", " ", "0", "* * * *", "0 0 * * * *", "0 0 0 * * * *", "0 0 * * 7", "0 0 * * 5-7", "0 0 * * SUN-7", "0 0 * * FRI-MON", "0 22-2 * * *", "50-10 * * * *", "0 0 28-3 * *", "0 0 * NOV-FEB *",
	"60 * * * *", "0 24 * * *", "0 0 0 * *", "0 0 32 * *", "0 0 * 0 *", "0 0 * 13 *", "-1 * * * *", "1- * * * *", "-5-7 * * * *", "1-2-3 * * * *", "*/0 * * * *", "*/-0 * * * *", "*/-2 * * * *", "*/ * * * *", "/5 * * * *", "*/2/3 * * * *",
	"*/60 * * * *", "*/61 * * * *", "*/9223372036854775807 * * * *", "*/9223372036854775808 * * * *", "*/+2 * * * *", "0 */24 * * *", "0 0 */31 * *", "0 0 * */12 *", "0 0 * * */8", "0 0 * * 0-6/7", "59/2 * * * *", "58/2 * * * *", "0-5/10 * * * *", "0-5/5 * * * *", "5/1 * * * *", "30/30 * * * *", "31/30 * * * *",
	"0 0 * * 1/7", "0 0 * * 6/2", "0 0 * * 6/1", "0 0 * * 1/6", "0 0 L * *", "0 0 15W * *", "0 0 LW * *", "0 0 L-3 * *", "0 0 * * 5L", "0 0 * * 5#3", "0 0 * * FRI#L", "H * * * *", "H/15 * * * *", "0 0 *-L * *", "0 0 *-w * *", "0 0 * * *-#", "*-H * * * *", "0 0 * JULY *",
	"0 0 * * MONDAY", "0 0 * MON *", "0 0 * * JAN", "a * * * *", "1.5 * * * *", "1_0 * * * *", "0x5 * * * *", "\u0661 * * * *", "*5 * * * *", "5* * * * *", "** * * * *", "*? * * * *", ", * * * *", "0 , * * *", "0 0 , * *", "0 0 * , *", "0 0 * * ,", "0 0 1 * ,", "0\ufeff0 * * *", "0 0 * * *\u200b",
	"0 0 30 2 *", "0 0 31 2,4,6,9,11 *", "0 0 31 4 ?", "0 0 30 2 */1", "0 0 30,31 2 *", "@Daily", "@daily ", " @daily", "@reboot", "@", "@triggered", "@manual", "@none", "@every", "@every ", "@every 1", "@every 0", "@every 0s", "@every -1h", "@every 1d", "@every  1h", "@every 1h ",
	"@every 500ms", "@every 999ms", "@every 1500ms", "@every 1.5s", "@every 0.1s", "@every 1h1ns", "@every 2562048h", "@every 9223372036854775807ns", "@every 1h-1m", "@every .h", "@every h", "@every 1H", "@every 0.333333333333h", "@EVERY 1h", "every 1h",
	// time zones
	"TZ=UTC 0 0 * * *", "CRON_TZ=Europe/Berlin 0 3 * * *", "TZ=Europe/Berlin 30 2 * * *", "CRON_TZ=America/New_York 30 1 * * *", "CRON_TZ=America/New_York 30 2 * * *", "CRON_TZ=America/New_York 0 * * * *", "CRON_TZ=America/New_York */15 1-3 * * *",
	"CRON_TZ=Australia/Lord_Howe 0 0 * * *", "CRON_TZ=Australia/Lord_Howe 15 2 * * *", "CRON_TZ=Australia/Lord_Howe 45 1 * * *", "CRON_TZ=Africa/Cairo 0 3 * * 4", "CRON_TZ=Africa/Cairo 30 0 * * *", "CRON_TZ=Africa/Cairo 0 3 * * 5", "CRON_TZ=Asia/Beirut 0 0 * * 0", "CRON_TZ=America/Santiago 0 0 * * *",
	"CRON_TZ=America/Santiago 0 0 * * 0", "CRON_TZ=America/Havana 30 0 * * 0", "CRON_TZ=Atlantic/Azores 0 0 * * 0", "CRON_TZ=Asia/Kathmandu 0 0 * * *", "CRON_TZ=Pacific/Chatham 45 2 * * *", "CRON_TZ=Etc/GMT+5 0 0 * * *", "CRON_TZ=Europe/Berlin @daily", "CRON_TZ=Europe/Berlin @every 1h", "CRON_TZ=Europe/Berlin   0 3 * * *  ", "CRON_TZ=Europe/Berlin 0 0 29 2 *",
	"CRON_TZ=UTC @daily ", "CRON_TZ=Europe/Berlin", "CRON_TZ=Europe/Berlin ", "CRON_TZ= 0 0 * * *", "TZ=Mars/Olympus 0 0 * * *", "TZ=europe/berlin 0 0 * * *", "TZ=EUROPE/BERLIN 0 0 * * *", "TZ=asia/kolkata 0 0 * * *", "TZ=+01:00 0 0 * * *", "TZ=\"Europe/Berlin\" 0 0 * * *", "TZ=Europe/Berlin\t0 0 * * *", "tz=UTC 0 0 * * *", " TZ=UTC 0 0 * * *", "CRON_TZ=UTC TZ=UTC 0 0 * * *", "CRON_TZ=../UTC 0 0 * * *",
	"0 0 * * *" + strings.Repeat(" ", 1015), "0 0 * * *" + strings.Repeat(" ", 1016),
}

var gapExpressions = []string{
	"0 2 * * *", "0 */6 * * *", "0 4 * * 0", "0 0 29 2 *", "0 0 31 * *", "0 0 1 * *", "0 0 30 * *", "0 0 1 1 *", "0 0 1 1,7 *", "0 0 1 * 0", "0 0 13 * 5", "0 0 31 2 1", "0 0 */2 * 1", "0 1,2,23 * * 1-5", "17 2,8,14,20 * * *", "@daily", "@weekly", "@monthly", "@yearly", "0 0 31 1,3,5,7,8,10,12 *", "0 0 29-31 2 *", "30 4 1,15 * *",
	"CRON_TZ=Europe/Berlin 0 3 * * *", "CRON_TZ=Europe/Berlin 30 2 * * *", "CRON_TZ=Europe/Berlin 0 */6 * * *", "CRON_TZ=Europe/Berlin 0 2 * * 0", "CRON_TZ=Europe/Berlin 0 0 1 1,7 *", "CRON_TZ=Australia/Sydney 0 0 1 1,7 *", "CRON_TZ=America/New_York 30 1 * * *", "CRON_TZ=America/New_York 30 2 * * 0", "CRON_TZ=Europe/Berlin 0 0 29 2 *",
	"CRON_TZ=Australia/Lord_Howe 0 0 * * *", "CRON_TZ=Australia/Lord_Howe 0 5 * * 0", "CRON_TZ=Africa/Cairo 0 3 * * 4", "CRON_TZ=Africa/Cairo 0 3 * * 5", "CRON_TZ=Africa/Cairo 30 0 * * *", "CRON_TZ=America/Santiago 0 0 * * 0", "CRON_TZ=Asia/Beirut 0 0 * * 0", "CRON_TZ=Asia/Kolkata 0 3 * * *", "CRON_TZ=Europe/Berlin @monthly", "CRON_TZ=Europe/Berlin 0 0-5 * * *", "CRON_TZ=Pacific/Chatham 45 2 * * *",
	"CRON_TZ=Europe/Berlin 0 * * * *", "CRON_TZ=America/Havana 0 0 * * 0",
}

// randomExpression leans towards what parses, with enough mistakes to try the refusals.
func randomExpression(random *rand.Rand) string {
	fields := []string{
		randomField(random, 0, 59, nil), randomField(random, 0, 23, nil), randomField(random, 1, 31, nil),
		randomField(random, 1, 12, months), randomField(random, 0, 6, weekdays),
	}
	switch random.Intn(30) {
	case 0:
		fields = fields[:4]
	case 1:
		fields = append(fields, "*")
	case 2:
		fields[random.Intn(5)] = []string{"L", "", "7", "60", "0", "a", "1-", "*/0", "*/99", "5-2", "-", ",", "?", "*-3", "1/2/3", "1-2-3"}[random.Intn(16)]
	}
	expression := strings.Join(fields, []string{" ", " ", " ", "  ", "\t"}[random.Intn(5)])
	if random.Intn(4) == 0 {
		expression = []string{"TZ=", "CRON_TZ="}[random.Intn(2)] + zones[random.Intn(len(zones))] + " " + expression
	}
	return expression
}

func randomField(random *rand.Rand, low, high int, names []string) string {
	if random.Intn(5) < 2 {
		return "*"
	}
	parts := []string{}
	for range 1 + random.Intn(2)*random.Intn(3) {
		parts = append(parts, randomRange(random, low, high, names))
	}
	return strings.Join(parts, ",")
}

func randomRange(random *rand.Rand, low, high int, names []string) string {
	first := low + random.Intn(high-low+1)
	last := first + random.Intn(high-first+1)
	step := 1 + random.Intn(1+(high-low)/2)
	switch random.Intn(8) {
	case 0:
		return fmt.Sprintf("*/%d", step)
	case 1:
		return fmt.Sprintf("%s-%s", value(random, first, names), value(random, last, names))
	case 2:
		return fmt.Sprintf("%s/%d", value(random, first, names), step)
	case 3:
		return fmt.Sprintf("%s-%s/%d", value(random, first, names), value(random, last, names), step)
	case 4:
		return "?"
	default:
		return value(random, first, names)
	}
}

func value(random *rand.Rand, number int, names []string) string {
	if names != nil && random.Intn(2) == 0 {
		return names[number]
	}
	return strconv.Itoa(number)
}
