/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * file_replace.c - a file that is whole at every moment
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/internal.h"

#define PIECE ((size_t)1 << 20)	  /* written at once */
#define FLUSH ((size_t)256 << 20) /* so that no flush takes too long */

/* Is asked whether it shall be given up; NULL: it shall not. */
struct asked {
	bool (*stop)(void *arg);
	void *arg;
};

static bool write_whole(int fd, const unsigned char *bytes, size_t size,
			const struct asked *asked)
{
	size_t done = 0, flushed = 0;

	while (done < size) {
		const size_t left = size - done;
		const ssize_t n =
			write(fd, bytes + done, left < PIECE ? left : PIECE);

		if (asked->stop && asked->stop(asked->arg)) {
			errno = EINTR;
			return false;
		}
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		done += (size_t)n;
		if (done - flushed >= FLUSH && fsync(fd))
			return false;
		if (done - flushed >= FLUSH)
			flushed = done;
	}
	return fsync(fd) == 0;
}

/* A new file gets the rights that any new file gets. */
static mode_t new_file_mode(void)
{
	const mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

int file_replace(const char *file, const void *bytes, size_t size)
{
	return file_replace_unless(file, bytes, size, NULL, NULL);
}

int file_replace_unless(const char *file, const void *bytes, size_t size,
			bool (*stop)(void *arg), void *arg)
{
	const struct asked asked = {stop, arg};
	struct stat sb;
	const bool old = stat(file, &sb) == 0;
	char *beside;
	int fd, err = 0;

	if (old && !S_ISREG(sb.st_mode))
		return EEXIST;
	beside = malloc(strlen(file) + sizeof ".XXXXXX");
	if (!beside)
		return ENOMEM;
	sprintf(beside, "%s.XXXXXX", file);
	fd = mkstemp(beside);
	if (fd < 0) {
		err = errno;
		free(beside);
		return err;
	}
	if (!write_whole(fd, bytes, size, &asked) ||
	    fchmod(fd, old ? sb.st_mode & 0777 : new_file_mode()))
		err = errno ? errno : EIO;
	if (close(fd) && !err)
		err = errno;
	if (!err && rename(beside, file))
		err = errno;
	if (err)
		unlink(beside);
	free(beside);
	return err;
}
