# SPDX-License-Identifier: Apache-2.0
#
# cmake -D OUTPUT=schema.c -P embed.cmake -- 001-first.sql 002-second.sql ...
#
# Writes the SQL files, in the order given, as C strings:
#   const char *const schema_migrations[];    (without a terminating NULL)
#   const size_t schema_migrations_count;
# Migration N of the schema's version is element N - 1, so a gap in the numbers is a fault.

set(files)
set(past FALSE)
math(EXPR last "${CMAKE_ARGC} - 1")
foreach(i RANGE ${last})
	if(past)
		list(APPEND files "${CMAKE_ARGV${i}}")
	elseif("${CMAKE_ARGV${i}}" STREQUAL "--")
		set(past TRUE)
	endif()
endforeach()

set(text "/* Generated from daemon/ledger/schema by embed.cmake. */\n#include <stddef.h>\n\n")
string(APPEND text "extern const char *const schema_migrations[];\n")
string(APPEND text "extern const size_t schema_migrations_count;\n\n")
string(APPEND text "const char *const schema_migrations[] = {\n")
set(count 0)
foreach(file IN LISTS files)
	math(EXPR count "${count} + 1")
	cmake_path(GET file FILENAME name)
	string(REGEX MATCH "^0*([0-9]+)-" _ "${name}")
	if(NOT CMAKE_MATCH_1 EQUAL count)
		message(FATAL_ERROR "${name}: migration ${count} expected here")
	endif()
	file(READ "${file}" sql)
	string(REPLACE "\\" "\\\\" sql "${sql}")
	string(REPLACE "\"" "\\\"" sql "${sql}")
	string(REPLACE "\n" "\\n\"\n\t\"" sql "${sql}")
	string(APPEND text "\t/* ${name} */\n\t\"${sql}\",\n")
endforeach()
if(count EQUAL 0)
	string(APPEND text "\tNULL,\n")
endif()
string(APPEND text "};\n\nconst size_t schema_migrations_count = ${count};\n")
file(WRITE "${OUTPUT}" "${text}")
