#pragma once
/* What Glibc's Swift module leaves out: eventfd, peer credentials, access lists, the heap, and what posix_spawn can do beyond POSIX. */
#include <spawn.h>
#include <stdint.h>
#include <sys/types.h>

/** A non-blocking, close-on-exec eventfd, or -1 with errno. */
int cplatform_eventfd(void);

/** Adds one to an eventfd's counter; safe from any thread. Returns 0, or -1 with errno. */
int cplatform_eventfd_signal(int fd);

/** Sets an eventfd's counter back to zero. Returns 0, or -1 with errno. */
int cplatform_eventfd_clear(int fd);

/** Gives memory that is free back to the system as soon as there is some, instead of keeping it for a next time (mallopt(3)). */
void cplatform_keep_heap_small(void);

/** Credentials of the process at the other end of a unix stream socket (SO_PEERCRED, unix(7)). Returns 0, or -1 with errno. */
int cplatform_peer_credentials(int fd, pid_t *pid, uid_t *uid, gid_t *gid);

/** 1 where an access list (acl(5)) grants more or less than the mode says, 0 where none does. */
int cplatform_has_access_list(const char *path);

/** Lets the child begin in a directory. Returns 0 or an error number. */
int cplatform_spawn_chdir(posix_spawn_file_actions_t *actions, const char *path);

/** Closes every descriptor from this one on in the child. Returns 0 or an error number. */
int cplatform_spawn_closefrom(posix_spawn_file_actions_t *actions, int lowest);
