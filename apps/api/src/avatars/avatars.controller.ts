import { avatarFile } from '@dramatis/contracts/avatar';
import { Controller, Get, Param, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ApiProblems } from '../http/api-docs.js';
import { AvatarService } from './avatar.service.js';

@ApiTags('Personas')
@Controller('api/avatars')
export class AvatarsController {
  constructor(private readonly avatars: AvatarService) {}

  @Get(':file')
  @ApiOperation({ summary: 'A persona’s picture', description: 'Its address is made from its content, so what it shows never changes.' })
  @ApiResponse({ status: 200, content: { 'image/webp': { schema: { type: 'string', format: 'binary' } } } })
  @ApiProblems('avatar_not_found')
  async read(
    @Param('file', { schema: avatarFile }) file: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile | undefined> {
    const tag = `"${file.slice(0, -'.webp'.length)}"`;
    // Who has it needs nothing of the store: it never changes.
    const bytes = request.headers['if-none-match'] === tag ? null : await this.avatars.read(file);
    response.set({
      'Cache-Control': 'public, max-age=31536000, immutable',
      ETag: tag,
      // Should a browser open it as a page of its own all the same.
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
    });
    if (bytes !== null) return new StreamableFile(bytes, { type: 'image/webp', length: bytes.byteLength });
    response.status(304);
    return undefined;
  }
}
