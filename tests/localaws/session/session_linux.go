package session

import (
	"os"
	"strconv"
	"strings"
	"syscall"
)

func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setsid: true}
}

// Members lists the living processes of the session that pid leads. Plugins
// and language hosts have process groups of their own, but not sessions.
func Members(pid int) []int {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil
	}
	var members []int
	for _, entry := range entries {
		id, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		if session, alive := sessionOf(id); alive && session == pid {
			members = append(members, id)
		}
	}
	return members
}

// sessionOf reads a process's session; zombies wait for their parent only and
// do not count as alive.
func sessionOf(pid int) (session int, alive bool) {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return 0, false
	}
	// The command, in brackets, may hold spaces and brackets itself.
	text := string(stat)
	fields := strings.Fields(text[strings.LastIndexByte(text, ')')+1:])
	if len(fields) < 4 || fields[0] == "Z" || fields[0] == "X" {
		return 0, false
	}
	session, err = strconv.Atoi(fields[3])
	return session, err == nil
}
