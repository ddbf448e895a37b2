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

static bool write_whole(int fd, const unsigned char *bytes, size_t size)
{
	while (size) {
		const ssize_t n = write(fd, bytes, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes += n;
		size -= (size_t)n;
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
	if (!write_whole(fd, bytes, size) ||
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
