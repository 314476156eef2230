// What Velero's own cron parsers make of expressions: which are refused, when they start, and the longest time between two starts.
//
//	cron          questions from standard input, one JSON object a line; the answers in the same order
//	cron zones    names of time zones from standard input, one a line; how the clock of each changes from 1992 to 2104
package main

import (
	"bufio"
	"encoding/json"
	"log"
	"os"
	"runtime"
	"sync"
)

// longestLine is more than any question takes.
const longestLine = 1 << 20

func main() {
	log.SetFlags(0)
	log.SetPrefix("cron: ")
	switch {
	case len(os.Args) == 1:
		answerAll(answerLine)
	case len(os.Args) == 2 && os.Args[1] == "zones":
		answerAll(func(zone []byte) any { return changesOf(string(zone), 1992, 2105) })
	default:
		log.Fatal("usage: cron [zones]")
	}
}

func answerLine(line []byte) any {
	var question Question
	if err := json.Unmarshal(line, &question); err != nil {
		log.Fatalf("standard input: %v: %s", err, line)
	}
	return answer(question)
}

// answerAll uses every core: an expression that starts each minute has a million starts.
func answerAll(answered func([]byte) any) {
	lines := readLines()
	results := make([][]byte, len(lines))
	next := make(chan int)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for index := range next {
				results[index] = encode(answered(lines[index]))
			}
		})
	}
	for index := range lines {
		next <- index
	}
	close(next)
	workers.Wait()
	write(results)
}

func readLines() [][]byte {
	lines := [][]byte{}
	scanner := bufio.NewScanner(os.Stdin)
	scanner.Buffer(nil, longestLine)
	for scanner.Scan() {
		lines = append(lines, append([]byte{}, scanner.Bytes()...))
	}
	if err := scanner.Err(); err != nil {
		log.Fatalf("standard input: %v", err)
	}
	return lines
}

func encode(result any) []byte {
	line, err := json.Marshal(result)
	if err != nil {
		log.Fatal(err)
	}
	return line
}

func write(lines [][]byte) {
	out := bufio.NewWriter(os.Stdout)
	for _, line := range lines {
		out.Write(line)
		out.WriteByte('\n')
	}
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
}
